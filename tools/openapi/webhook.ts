/** PayBy's notification, which comes to a merchant's backend beside the page's calls. */
import { refTo } from './schemas.ts';

export const notification = {
  operationId: 'takeNotification',
  summary: 'PayBy tells of a payment',
  description:
    'Comes from PayBy to your notifyUrl. Verify the header over the raw body before anything is parsed. It may come again, late, or never.',
  parameters: [
    {
      name: 'sign',
      in: 'header',
      required: true,
      description: 'Base64 of SHA256withRSA over the exact bytes of the body, by PayBy’s key.',
      schema: { type: 'string' },
    },
  ],
  requestBody: {
    required: true,
    content: {
      'application/json': {
        schema: {
          type: 'object',
          required: ['notify_id', 'notify_timestamp'],
          properties: {
            notify_id: { type: 'string' },
            notify_timestamp: { description: 'Epoch ms.', type: 'number' },
            acquireOrder: refTo('AcquireOrder'),
            refundOrder: { type: 'object' },
          },
        },
      },
    },
  },
  responses: {
    '200': {
      description: 'Kept. Anything else, and PayBy sends it again.',
      content: {
        'application/json': {
          schema: {
            type: 'object',
            required: ['response'],
            properties: { response: { const: 'SUCCESS' } },
          },
          examples: { taken: { value: { response: 'SUCCESS' } } },
        },
      },
    },
  },
};
