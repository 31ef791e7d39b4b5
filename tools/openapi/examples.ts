/** Orders, requests and errors as the documents show them. Every one of them keeps the contract. */
import type { CreateRequest, Order } from '../../src/protocol.ts';

/** 22 November 2026, 17:00 in the Emirates, epoch ms. */
const now = Date.UTC(2026, 10, 22, 13);
const expiresAt = now + 30 * 60_000;

export const id = '4kQ0vR8nTz2mYb7XcJ1hWg';

export const createRequest: CreateRequest = {
  paySceneCode: 'DYNQR',
  reference: 'cart-42',
  details: { pickup: 'Marina' },
};

const facts = {
  id,
  amount: { amount: 12.34, currency: 'AED' },
  subject: 'Cart 42',
  subjectAr: 'السلة ٤٢',
  expiresAt,
};

const tokenUrl = `https://qr.payby.com?BIZ_TYPE=202&ft=6f1d2c5a9b&t=${now}`;

export const orders = {
  pending: { ...facts, status: 'pending', now, tokenUrl },
  scanned: {
    ...facts,
    status: 'scanned',
    now: now + 20_000,
    tokenUrl,
    payer: { mobileNumberMask: '+971-58*92' },
  },
  paid: { ...facts, status: 'paid', now: now + 41_000, paidAt: now + 40_000 },
  cancelled: { ...facts, status: 'cancelled', now: now + 41_000 },
  expired: { ...facts, status: 'expired', now: expiresAt + 3_000 },
  failed: { ...facts, status: 'failed', now: now + 41_000, failure: { code: '601' } },
} satisfies Record<string, Order>;

/** What PayBy's placeOrder answers, as a backend may pass it on. */
export const paybyAnswer = {
  head: { applyStatus: 'SUCCESS', code: '0', msg: 'SUCCESS', traceCode: '328753' },
  body: {
    acquireOrder: {
      merchantOrderNo: id,
      orderNo: '131795352400000001',
      status: 'CREATED',
      totalAmount: { amount: 12.34, currency: 'AED' },
      subject: 'Cart 42',
      expiredTime: expiresAt,
      paySceneCode: 'DYNQR',
    },
    interActionParams: { tokenUrl },
  },
};

export interface Problem {
  status: number;
  code: string;
  detail: string;
}

export const problems = {
  'request-invalid': { status: 400, code: 'request-invalid', detail: 'The body is not JSON.' },
  'order-not-found': {
    status: 404,
    code: 'order-not-found',
    detail: 'There is no such order.',
  },
  'request-timeout': {
    status: 408,
    code: 'request-timeout',
    detail: 'The body took too long to arrive.',
  },
  'idempotency-key-reused': {
    status: 409,
    code: 'idempotency-key-reused',
    detail: 'This Idempotency-Key was used for another reference or details. Send a new key.',
  },
  'body-too-large': {
    status: 413,
    code: 'body-too-large',
    detail: 'The order is larger than 64 kB.',
  },
  'media-type-unsupported': {
    status: 415,
    code: 'media-type-unsupported',
    detail: 'Send the order as application/json.',
  },
  'cart-empty': { status: 422, code: 'cart-empty', detail: 'There is nothing in the cart.' },
  'internal-error': {
    status: 500,
    code: 'internal-error',
    detail: 'Something went wrong in the shop.',
  },
  'body-already-read': {
    status: 500,
    code: 'body-already-read',
    detail: 'Something went wrong in the shop.',
  },
  'payby-rejected': {
    status: 502,
    code: 'payby-rejected',
    detail: 'PayBy refused this order.',
  },
  'payby-unavailable': {
    status: 503,
    code: 'payby-unavailable',
    detail: 'PayBy cannot be asked right now. Try the same again.',
  },
} satisfies Record<string, Problem>;

export type ProblemName = keyof typeof problems;

const message = (order: Order): string => `data: ${JSON.stringify(order)}\n\n`;

/** A stream from its first message to its end. */
export const eventStream = `${message(orders.pending)}:\n\n${message(orders.paid)}`;
