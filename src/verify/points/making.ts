/** What must hold when an order is made. */
import type { Point } from './point.ts';

export const makingPoints = {
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
    expected: 'ids with 64 random bits at least, none like the next',
    mend: 'Make the id from 16 random bytes; it may be PayBy’s merchantOrderNo, up to 64 of A–Z a–z 0–9 - _.',
  },
} as const satisfies Record<string, Point>;
