/** What must hold for every answer, and for money. */
import type { Point } from './point.ts';

export const trustPoints = {
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
  'paid-asked': {
    group: 'Payment',
    title: 'a payment whose notification is late is told all the same',
    expected: 'the payment, before its notification comes',
    mend: 'Ask PayBy every 2–6 s about an order that somebody watches, by events or by status: a notification may never come.',
  },
  'paid-once': {
    group: 'Payment',
    title: 'the key of a paid order makes no second one',
    expected: 'the paid order, or a refusal',
    mend: 'Look for the key first, whatever became of its order.',
  },
  'paid-again': {
    group: 'Payment',
    title: 'a new key for a cart that is paid makes no second order',
    expected: 'a refusal, or the order that is paid',
    mend: 'Look up whether the cart is paid before you make an order for it, and answer 409; unless it may be paid again.',
  },
  'paid-stays': {
    group: 'Payment',
    title: 'cancelling a paid order leaves it paid',
    expected: '200 (or 409) for the cancel, and an order that stays paid',
    mend: 'Let nothing but a refund follow paid: answer a cancel with the paid order.',
  },
} as const satisfies Record<string, Point>;
