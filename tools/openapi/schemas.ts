/** The schemas of src/protocol.ts as JSON Schema, with a sentence for every field. */
import { toJsonSchema } from '@valibot/to-json-schema';
import type * as v from 'valibot';
import {
  acquireOrderSchema,
  type CreateRequest,
  createRequestSchema,
  type Order,
  orderSchema,
  paybyHeadSchema,
} from '../../src/protocol.ts';

type Json = Record<string, unknown>;

const orderFields: Record<keyof Order, string> = {
  id: 'Path-safe. Knowing it is the right to read the order’s status: make it unguessable.',
  status:
    'pending: may be paid. scanned: somebody has opened it. The others are final: no order leaves them, but that paid may become refunded.',
  tokenUrl: 'What the QR code says: PayBy’s interActionParams.tokenUrl. Needed while pending.',
  appLink: 'Link from a phone’s browser into the app: PayBy’s EWALLET deepLink.',
  bridge: 'Arguments of PayBy’s in-app call: appId is your Partner-Id, token the tokenUrl’s ft.',
  amount: 'In major units: 12.34 is 12 dirhams 34 fils.',
  subject: 'What is paid for, shown to the customer.',
  subjectAr: 'The same in Arabic.',
  expiresAt: 'When the order can no longer be paid, epoch ms.',
  paidAt: 'When it was paid, epoch ms.',
  now: 'Your clock as you answer, epoch ms: the countdown trusts it, not the phone’s.',
  payer: 'Who has scanned the code, once somebody has: PayBy’s payer.',
  failure: 'Why it failed: a code for the page, and a message that the customer may read.',
  statusUrl: 'In place of {endpoint}/{id}; of the endpoint’s own origin.',
  eventsUrl: 'In place of {endpoint}/{id}/events; of the endpoint’s own origin.',
  cancelUrl: 'In place of {endpoint}/{id}/cancel; of the endpoint’s own origin.',
};

const requestFields: Record<keyof CreateRequest, string> = {
  paySceneCode: 'The way to pay: a dynamic QR code.',
  reference:
    'Your cart or order, as the page names it. It can be guessed: look whose it is, and take the price from your own books.',
  details: 'What your page sends along, any JSON. No price is to be believed in it.',
};

const headFields: Record<keyof v.InferOutput<typeof paybyHeadSchema>, string> = {
  applyStatus: 'SUCCESS, FAIL, or ERROR when a signature did not verify.',
  code: '0, or PayBy’s return code. Anything but SUCCESS and 0 is an error to the page.',
  msg: 'PayBy’s words.',
  traceCode: 'For PayBy’s support.',
};

/** A schema with what its fields mean. */
function schemaOf(schema: v.GenericSchema, description: string, fields: Json = {}): Json {
  const { $schema, properties, ...rest } = toJsonSchema(schema, { target: 'draft-2020-12' });
  const described = Object.entries(properties ?? {}).map(([name, property]) => {
    const words = fields[name];
    const known = typeof property === 'object' ? property : {};
    return [name, { ...(words !== undefined && { description: words }), ...known }];
  });
  return { description, ...rest, properties: Object.fromEntries(described) };
}

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });

const interaction = {
  description:
    'Only while the order can be paid. PayBy’s gateway and documents spell it differently.',
  type: 'object',
  properties: { tokenUrl: { type: 'string' } },
};

export const schemas = {
  CreateRequest: schemaOf(
    createRequestSchema,
    'What the element sends. No price: that comes from your server.',
    requestFields,
  ),
  Order: schemaOf(orderSchema, 'An order. Leave out what you do not have.', orderFields),
  Problem: {
    description: 'An RFC 9457 problem. The customer reads the detail of a 4xx.',
    type: 'object',
    required: ['code'],
    properties: {
      status: { description: 'The HTTP status again.', type: 'integer' },
      code: {
        description: 'A word for programs, which stays when the sentence is reworded.',
        type: 'string',
        minLength: 1,
      },
      title: { description: 'Shown when there is no detail.', type: 'string' },
      detail: {
        description: 'A sentence for people: no internals, no ids of others.',
        type: 'string',
      },
    },
  },
  PaybyHead: schemaOf(paybyHeadSchema, 'In front of every answer of PayBy’s gateway.', headFields),
  AcquireOrder: schemaOf(
    acquireOrderSchema,
    'PayBy’s own order. CREATED is read as pending; PAID_SUCCESS, SETTLED and SETTLED_SUCCESS as paid; FAILURE as expired once expiredTime has passed, else as failed; revoked "true" as refunded, or as cancelled when nobody had paid.',
  ),
  PaybyAnswer: {
    description: 'PayBy’s own JSON, passed on as it is; head and body around it may be missing.',
    type: 'object',
    required: ['head', 'body'],
    properties: {
      head: ref('PaybyHead'),
      body: {
        type: 'object',
        required: ['acquireOrder'],
        properties: {
          acquireOrder: ref('AcquireOrder'),
          interActionParams: interaction,
          interactionParams: interaction,
        },
      },
    },
  },
};

export const refTo = (name: keyof typeof schemas) => ref(name);
