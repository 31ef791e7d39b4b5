/** The wire contract as an OpenAPI document: the routes in here, the schemas from src/protocol.ts. */
import {
  createRequest,
  eventStream,
  id,
  orders,
  type ProblemName,
  paybyAnswer,
  problems,
} from './examples.ts';
import { refTo, schemas } from './schemas.ts';
import { notification } from './webhook.ts';

type OrderName = keyof typeof orders;

const noStore = {
  'Cache-Control': {
    description: 'A stored “pending” hides a payment.',
    schema: { type: 'string', const: 'no-store' },
  },
};

const orderAnswer = (description: string, names: OrderName[], passedThrough = false) => ({
  description,
  headers: noStore,
  content: {
    'application/json': {
      schema: { anyOf: [refTo('Order'), refTo('PaybyAnswer')] },
      examples: {
        ...Object.fromEntries(names.map((name) => [name, { value: orders[name] }])),
        ...(passedThrough && {
          paybyAnswer: { summary: 'PayBy’s own JSON, passed through', value: paybyAnswer },
        }),
      },
    },
  },
});

/** The problems of one status, each as an example. */
const problemAnswer = (description: string, names: ProblemName[], headers = {}) => ({
  description,
  headers,
  content: {
    'application/problem+json': {
      schema: refTo('Problem'),
      examples: Object.fromEntries(names.map((name) => [name, { value: problems[name] }])),
    },
  },
});

const retryAfter = {
  'Retry-After': {
    description: 'Seconds until the page may ask again; it waits two minutes at most.',
    schema: { type: 'integer', minimum: 0 },
  },
};

const notFound = problemAnswer(
  'There is no such order, or it is not for whoever asks: one and the same answer for an id of any form.',
  ['order-not-found'],
);

const unavailable = problemAnswer(
  'Nobody knows right now. The page asks again, a create under the same key.',
  ['payby-unavailable'],
  retryAfter,
);

const idParameter = {
  name: 'id',
  in: 'path',
  required: true,
  description: 'The order’s id, percent-encoded.',
  schema: { type: 'string' },
  example: id,
};

const create = {
  operationId: 'createOrder',
  summary: 'Create an order',
  description:
    'Finds the price by the reference, places the order with PayBy, and answers it. The same key again answers the same order, also when requests come together and when the order is over.',
  parameters: [
    {
      name: 'Idempotency-Key',
      in: 'header',
      required: true,
      description:
        'One for each attempt to pay, the same over its retries and reloads. Keep it with the order, unique. Without a comma: two such headers arrive as one with a comma, and that is refused.',
      schema: {
        type: 'string',
        minLength: 1,
        maxLength: 200,
        pattern: '^[\\x20-\\x2b\\x2d-\\x7e]+$',
      },
      example: '9f86d081884c7d659a2feaa0c55ad015',
    },
  ],
  requestBody: {
    required: true,
    description: 'At most 64 kB.',
    content: {
      'application/json': {
        schema: refTo('CreateRequest'),
        examples: { create: { value: createRequest } },
      },
    },
  },
  responses: {
    '200': orderAnswer('The order of before, as it is now.', ['pending', 'paid', 'cancelled']),
    '201': orderAnswer('A new order.', ['pending'], true),
    '400': problemAnswer('The request cannot be read.', ['request-invalid']),
    '408': problemAnswer('The body took too long to arrive. The page offers to try again.', [
      'request-timeout',
    ]),
    '409': problemAnswer('The key stands for another reference or other details.', [
      'idempotency-key-reused',
    ]),
    '413': problemAnswer('The body is too large.', ['body-too-large']),
    '415': problemAnswer('The body is not application/json.', ['media-type-unsupported']),
    '422': problemAnswer('This cannot be paid; a status, code and detail of your own.', [
      'cart-empty',
    ]),
    '500': problemAnswer(
      'The server failed, and no word of how. body-already-read is the server kit’s: something read the body before it, so that no signature of its bytes can be checked.',
      ['internal-error', 'body-already-read'],
    ),
    '502': problemAnswer('PayBy refused the order.', ['payby-rejected']),
    '503': unavailable,
  },
};

const status = {
  operationId: 'getOrder',
  summary: 'Ask for an order',
  responses: {
    '200': orderAnswer('The order as it is.', [
      'pending',
      'scanned',
      'paid',
      'failed',
      'expired',
      'cancelled',
    ]),
    '404': notFound,
    '503': unavailable,
  },
};

const events = {
  operationId: 'followOrder',
  summary: 'Follow an order',
  description:
    'Server-sent events. The data of each message is the order as one line of JSON; the first comes at once, another with every change. A comment at least every 20 s. Ends after a final status, for an order that is over after its first message. Optional: answer 404, and the page polls.',
  responses: {
    '200': {
      description: 'The stream.',
      headers: noStore,
      content: {
        'text/event-stream': {
          schema: {
            type: 'string',
            contentMediaType: 'application/json',
            description: 'Messages whose data is an Order.',
          },
          examples: { paid: { value: eventStream } },
        },
      },
    },
    '404': notFound,
  },
};

const cancel = {
  operationId: 'cancelOrder',
  summary: 'Cancel an order',
  description:
    'Answers the order as it is then. Of an order that is over it changes nothing: paid stays paid.',
  responses: {
    '200': orderAnswer('The order after it.', ['cancelled', 'paid']),
    '404': notFound,
    '503': unavailable,
  },
};

/** The document, ready to be written as JSON. */
export const document = {
  openapi: '3.1.1',
  info: {
    title: 'A merchant’s backend for <payby-checkout>',
    version: '1.0.0',
    description:
      'What the web component asks of your server. `/orders` stands for your endpoint, wherever it is. Words and examples: docs/backend.md.',
    license: { name: 'MIT', identifier: 'MIT' },
  },
  servers: [{ url: 'https://shop.example/api/payby', description: 'Your server.' }],
  paths: {
    '/orders': { post: create },
    '/orders/{id}': { parameters: [idParameter], get: status },
    '/orders/{id}/events': { parameters: [idParameter], get: events },
    '/orders/{id}/cancel': { parameters: [idParameter], post: cancel },
  },
  webhooks: { notification: { post: notification } },
  components: { schemas },
};
