/** Every point of the contract that the checker looks at, in the order in which it reports them. */

export interface Point {
  group: 'Create' | 'Status' | 'Refusals' | 'Events' | 'Cancel' | 'Answers' | 'Payment';
  title: string;
  /** What a backend that keeps the contract does. */
  expected: string;
  /** How one that does not is put right. */
  mend: string;
}

export const points = {
  create: {
    group: 'Create',
    title: 'answers an order',
    expected: '200 or 201 with an order, or with PayBy’s own JSON',
    mend: 'Answer POST with the order as JSON, fields as in docs/openapi.json.',
  },
  'order-fields': {
    group: 'Create',
    title: 'every field has its form',
    expected: 'only fields of the form that docs/openapi.json gives them',
    mend: 'Correct the field, or leave it out: null and empty text are not forms of “absent”.',
  },
  'token-url': {
    group: 'Create',
    title: 'a pending order has a tokenUrl on an allowed host',
    expected: 'a tokenUrl: https, on payby.com, test2pay.com, botim.money or a host below them',
    mend: 'Pass on PayBy’s interActionParams.tokenUrl unchanged; name another host by --token-host and the element’s token-hosts.',
  },
  'order-urls': {
    group: 'Create',
    title: 'statusUrl, eventsUrl and cancelUrl stay on the endpoint’s origin',
    expected: 'URLs of the endpoint’s own origin, or none',
    mend: 'Leave them out, or answer URLs of the same scheme, host and port as the endpoint.',
  },
  repeat: {
    group: 'Create',
    title: 'the same Idempotency-Key again is the same order',
    expected: '200 or 201 with the order of before',
    mend: 'Keep the key with the order, unique in your database, and look there first.',
  },
  'key-reuse': {
    group: 'Create',
    title: 'a key used for something else makes no second order',
    expected: '409 (or 422): the key stands for another reference or other details',
    mend: 'Keep reference and details, or a hash of them, with the key; refuse when they differ.',
  },
  concurrent: {
    group: 'Create',
    title: 'creates that come together under one key make one order',
    expected:
      'one order for all of them; 425, 429 or 503 is allowed for those that should try again',
    mend: 'Let the database decide: a unique index on the key, insert first, call PayBy after.',
  },
  price: {
    group: 'Create',
    title: 'a price in the page’s request is ignored',
    expected: 'the amount of before, or a refusal',
    mend: 'Take the amount from your own books by the reference, never from the request.',
  },
  'new-order': {
    group: 'Create',
    title: 'a new key after a cancel is a new order',
    expected: 'another order, pending',
    mend: 'Once an order is cancelled, make a new one, with a new merchantOrderNo, for the next key.',
  },
  ids: {
    group: 'Create',
    title: 'ids cannot be guessed',
    expected: 'ids of 96 random bits or more, none like the next',
    mend: 'Make the id from 16 random bytes; it may be PayBy’s merchantOrderNo, up to 64 of A–Z a–z 0–9 - _.',
  },
  status: {
    group: 'Status',
    title: 'answers the order as it is',
    expected: '200 with the same id, an open status and the same amount',
    mend: 'Answer GET {endpoint}/{id} from your books, in the form that create answers.',
  },
  'unknown-order': {
    group: 'Status',
    title: 'an order that does not exist is 404',
    expected: '404',
    mend: 'Answer 404 for status, events and cancel of an id that you do not know.',
  },
  'no-hint': {
    group: 'Status',
    title: 'a 404 does not tell a wrong id from a missing order',
    expected: 'the same answer for an id of any form',
    mend: 'Answer one and the same 404 for every id you cannot show, also for other people’s orders.',
  },
  'odd-ids': {
    group: 'Status',
    title: 'odd ids are refused calmly',
    expected: 'a 4xx for ../, %00, broken escapes and 10 kB',
    mend: 'Check the id against its own pattern before it meets a file, a query or a log.',
  },
  'content-type': {
    group: 'Refusals',
    title: 'a create that is not application/json is refused',
    expected: '415',
    mend: 'Check Content-Type first: text/plain may be sent by any other site without a preflight.',
  },
  'broken-json': {
    group: 'Refusals',
    title: 'broken JSON is refused',
    expected: '400',
    mend: 'Catch what the parser throws, and answer 400.',
  },
  'large-body': {
    group: 'Refusals',
    title: 'a body above 64 kB is refused',
    expected: '413 or 400',
    mend: 'Limit the body to 64 kB before it is parsed.',
  },
  method: {
    group: 'Refusals',
    title: 'another method is 405',
    expected: '405 with an Allow header',
    mend: 'Answer 405, and name the methods that are there in Allow.',
  },
  'get-cancel': {
    group: 'Refusals',
    title: 'a GET cancels nothing',
    expected: 'the order still open after GET {endpoint}/{id}/cancel',
    mend: 'Route cancel to POST only: previews and prefetchers follow links.',
  },
  'problem-json': {
    group: 'Refusals',
    title: 'errors are application/problem+json with a code',
    expected: 'Content-Type application/problem+json and a "code" for every error',
    mend: 'Answer {"status", "code", "detail"} as application/problem+json; turn off the framework’s HTML pages.',
  },
  alive: {
    group: 'Refusals',
    title: 'all of this leaves the server up',
    expected: 'the status of the order, as before',
    mend: 'Look in the server’s log for what ended it; no request may.',
  },
  'events-open': {
    group: 'Events',
    title: 'opens an event stream',
    expected: '200 with Content-Type text/event-stream',
    mend: 'Answer text/event-stream, or 404 when you offer no events: the element polls then.',
  },
  'events-first': {
    group: 'Events',
    title: 'the first message is the order, within 5 s',
    expected: 'a message whose data is the order, within 5 s',
    mend: 'Write "data: " and the order as one line of JSON, then an empty line, as soon as the stream opens.',
  },
  'events-unbuffered': {
    group: 'Events',
    title: 'messages are not held back',
    expected: 'messages as they are written, while the stream is open',
    mend: 'Flush after each message; send X-Accel-Buffering: no, and do not compress event streams.',
  },
  'events-heartbeat': {
    group: 'Events',
    title: 'says something at least every 20 s',
    expected: 'a comment or a message at least every 20 s',
    mend: 'Write ":" and two line ends every 15 s.',
  },
  'events-end': {
    group: 'Events',
    title: 'tells the final status, then ends',
    expected: 'a message with the final status, and the end of the stream within 10 s of it',
    mend: 'Watch the order while the stream is open, write its final status, and close.',
  },
  'events-after': {
    group: 'Events',
    title: 'a stream of a finished order tells so and ends',
    expected: 'one message with the final status, and the end of the stream within 5 s',
    mend: 'Write the order when the stream opens, and close at once when its status is final.',
  },
  cancel: {
    group: 'Cancel',
    title: 'answers the order, cancelled',
    expected: '200 with the order, cancelled',
    mend: 'Send cancelOrder to PayBy, and answer the order as it is then.',
  },
  'cancel-again': {
    group: 'Cancel',
    title: 'cancelling again changes nothing',
    expected: '200 with the order, as before',
    mend: 'Answer the order as it is when it is final already; do not ask PayBy again.',
  },
  'final-stays': {
    group: 'Cancel',
    title: 'a final status stays',
    expected: '200 with the final status of before',
    mend: 'Let no write move an order out of a final status.',
  },
  clock: {
    group: 'Answers',
    title: 'times are in milliseconds and the clock is right',
    expected:
      'now within 5 minutes of this machine’s clock, expiresAt within the next 48 hours, both epoch ms',
    mend: 'Answer epoch milliseconds from a clock set by NTP: PayBy refuses requests 15 minutes off.',
  },
  'no-store': {
    group: 'Answers',
    title: 'answers are not stored on the way',
    expected: 'Cache-Control: no-store on every order and every stream',
    mend: 'Send Cache-Control: no-store; a cached “pending” hides a payment.',
  },
  secrets: {
    group: 'Answers',
    title: 'answers carry nothing of the merchant’s account',
    expected: 'no keys, no PayBy account numbers, no signatures, no notifyUrl',
    mend: 'Answer only the fields of the contract.',
  },
  'cors-closed': {
    group: 'Answers',
    title: 'other origins may not use the customer’s cookies',
    expected: 'no Access-Control-Allow-Credentials for an origin nobody named',
    mend: 'Compare the Origin with a list; never send back whatever came, together with credentials.',
  },
  cors: {
    group: 'Answers',
    title: 'the page’s origin may call',
    expected: 'a preflight that allows the origin, POST, Content-Type and Idempotency-Key',
    mend: 'Answer OPTIONS with 2xx and Access-Control-Allow-Origin, -Methods and -Headers; the origin also on answers.',
  },
  'forged-unsigned': {
    group: 'Payment',
    title: 'a notification without a signature is refused',
    expected: 'anything but 200 with SUCCESS, and an order still unpaid',
    mend: 'Verify the header "sign" over the raw body before anything else; see docs/backend.md.',
  },
  'forged-signature': {
    group: 'Payment',
    title: 'a notification that somebody else signed is refused',
    expected: 'anything but 200 with SUCCESS, and an order still unpaid',
    mend: 'Verify with PayBy’s public key, and with no key that came with the request; see docs/backend.md.',
  },
  'paid-events': {
    group: 'Payment',
    title: 'a payment is told by events',
    expected: 'a message with "paid" on the open stream',
    mend: 'Write to the order’s open streams when a notification or a query says paid.',
  },
  'paid-status': {
    group: 'Payment',
    title: 'a payment is told by status',
    expected: '200 with "paid"',
    mend: 'Take PayBy’s notification, and query PayBy every 2–6 s while somebody waits: notifications may be lost.',
  },
  'paid-once': {
    group: 'Payment',
    title: 'the key of a paid order makes no second one',
    expected: 'the paid order, or a refusal',
    mend: 'Look for the key first, whatever became of its order.',
  },
  'paid-stays': {
    group: 'Payment',
    title: 'cancelling a paid order leaves it paid',
    expected: '200 (or 409) for the cancel, and an order that stays paid',
    mend: 'Let nothing but a refund follow paid: answer a cancel with the paid order.',
  },
} as const satisfies Record<string, Point>;

export type PointId = keyof typeof points;

export const pointIds = Object.keys(points) as PointId[];
