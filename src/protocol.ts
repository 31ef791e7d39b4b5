/**
 * The wire contract: what a merchant's backend answers, and what PayBy itself answers.
 *
 * The element, the server kit and the sandbox share these schemas; the types are derived from them.
 */
import * as v from 'valibot';

/** Every status an order can have, in the contract between the element and a merchant's backend. */
export const orderStatuses = [
  'pending',
  'scanned',
  'paid',
  'failed',
  'expired',
  'cancelled',
  'refunded',
] as const;

export type OrderStatus = (typeof orderStatuses)[number];

/** Statuses after which an order does not change any more, as far as its customer is concerned. */
export const isFinal = (status: OrderStatus): boolean =>
  status !== 'pending' && status !== 'scanned';

const text = (max: number) => v.pipe(v.string(), v.minLength(1), v.maxLength(max));
const epochMs = v.pipe(v.number(), v.minValue(0));
const currency = v.pipe(v.string(), v.regex(/^[A-Z]{3}$/));
const money = v.object({ amount: v.pipe(v.number(), v.minValue(0)), currency });

/** Money on the wire: an amount in major units (12.34 is 12 dirhams 34 fils) and its currency. */
export type Money = v.InferOutput<typeof money>;

/** An order as a merchant's backend answers it. */
export const orderSchema = v.object({
  /** Path-safe. Knowing it is the right to read the order's status: make it unguessable. */
  id: v.pipe(text(200), v.regex(/[^.]/)),
  status: v.picklist(orderStatuses),
  /** What the QR code says. Needed while the order is pending. */
  tokenUrl: v.optional(text(2000)),
  /** Link from a phone's browser into the app (PayBy's EWALLET deep link). */
  appLink: v.optional(text(2000)),
  /** Arguments of PayBy's in-app call `ToPayRequest`. */
  bridge: v.optional(v.object({ appId: text(100), token: text(500) })),
  amount: v.optional(money),
  subject: v.optional(text(500)),
  subjectAr: v.optional(text(500)),
  /** When the order can no longer be paid, epoch ms. */
  expiresAt: v.optional(epochMs),
  /** When it was paid, epoch ms. */
  paidAt: v.optional(epochMs),
  /** The server's clock as it answered, epoch ms. */
  now: v.optional(epochMs),
  /** Who scanned the code, once somebody has. */
  payer: v.optional(v.object({ mobileNumberMask: text(50) })),
  failure: v.optional(v.object({ code: text(100), message: v.optional(text(500)) })),
  statusUrl: v.optional(text(2000)),
  eventsUrl: v.optional(text(2000)),
  cancelUrl: v.optional(text(2000)),
});

export type Order = v.InferOutput<typeof orderSchema>;

/** What the element sends to create an order. No price: that comes from the merchant's server. */
export const createRequestSchema = v.object({
  paySceneCode: v.literal('DYNQR'),
  reference: v.optional(text(200)),
  details: v.optional(v.unknown()),
});

export type CreateRequest = v.InferOutput<typeof createRequestSchema>;

/** An RFC 9457 problem, the body of every 4xx and 5xx answer of a merchant's backend. */
export const problemSchema = v.object({
  status: v.optional(v.number()),
  title: v.optional(v.string()),
  detail: v.optional(v.string()),
  code: v.optional(v.string()),
});

/** PayBy's `head`, in front of every answer of its gateway. */
export const paybyHeadSchema = v.looseObject({
  applyStatus: v.string(),
  code: v.string(),
  msg: v.optional(v.string()),
  traceCode: v.optional(v.string()),
});

/** PayBy's own order, as placeOrder, getOrder, cancelOrder and notifications carry it. */
export const acquireOrderSchema = v.pipe(
  v.unknown(),
  v.transform(withoutNulls),
  v.looseObject({
    merchantOrderNo: text(64),
    orderNo: v.optional(text(64)),
    status: text(50),
    totalAmount: money,
    subject: v.optional(v.string()),
    subjectAr: v.optional(v.string()),
    expiredTime: v.optional(epochMs),
    requestTime: v.optional(epochMs),
    payeeMid: v.optional(v.string()),
    notifyUrl: v.optional(v.string()),
    paySceneCode: v.optional(v.string()),
    revoked: v.optional(v.string()),
    failCode: v.optional(v.string()),
    failDes: v.optional(v.string()),
    reserved: v.optional(v.string()),
    paymentInfo: v.optional(
      v.looseObject({
        paidAmount: v.optional(money),
        paidTime: v.optional(epochMs),
        payerMid: v.optional(v.string()),
        payChannel: v.optional(v.string()),
      }),
    ),
  }),
);

/** A field that is null says as much as one that is not there. */
function withoutNulls(value: unknown): unknown {
  if (!isObject(value)) return value;
  const entries = Object.entries(value).filter(([, member]) => member !== null);
  return Object.fromEntries(entries.map(([name, member]) => [name, withoutNulls(member)]));
}

export type AcquireOrder = v.InferOutput<typeof acquireOrderSchema>;

const interactionSchema = v.looseObject({ tokenUrl: v.optional(text(2000)) });

/**
 * An answer that breaks the contract. `path` names the field (`order.amount.currency`), `code` tells
 * apart a refusal by PayBy (`order-rejected`) and an answer that cannot be read (`order-invalid`).
 */
export class ProtocolError extends Error {
  override readonly name = 'ProtocolError';
  readonly code: 'order-invalid' | 'order-rejected';
  readonly path: string;
  /** PayBy's return code, such as `62016`, when PayBy refused. */
  readonly paybyCode: string | undefined;

  constructor(code: ProtocolError['code'], path: string, problem: string, paybyCode?: string) {
    super(`${path}: ${problem}`);
    this.code = code;
    this.path = path;
    this.paybyCode = paybyCode;
  }
}

/** `value` as the schema describes it; a {@link ProtocolError} names the first field that is wrong. */
export function parse<const Schema extends v.GenericSchema>(
  schema: Schema,
  value: unknown,
  name: string,
): v.InferOutput<Schema> {
  const result = v.safeParse(schema, value, { abortEarly: true });
  if (result.success) return result.output;
  const [issue] = result.issues;
  const path = [name, v.getDotPath(issue)].filter(Boolean).join('.');
  throw new ProtocolError('order-invalid', path, describe(issue));
}

const describe = (issue: v.BaseIssue<unknown>): string =>
  issue.expected
    ? `expected ${issue.expected}, got ${issue.received.slice(0, 80)}`
    : `${issue.message}, got ${issue.received.slice(0, 80)}`;

/**
 * The contract's status for one of PayBy's orders, or undefined for a status nobody knows.
 *
 * @param now the time against which FAILURE is told apart into expired and failed, epoch ms
 */
export function statusOf(order: AcquireOrder, now: number): OrderStatus | undefined {
  // A revoked order was paid and given back; without a payment there is nothing to give back.
  if (order.revoked === 'true') return order.paymentInfo ? 'refunded' : 'cancelled';
  switch (order.status) {
    case 'CREATED':
      return 'pending';
    case 'PAID_SUCCESS':
    case 'SETTLED':
    case 'SETTLED_SUCCESS':
      return 'paid';
    case 'FAILURE':
      return order.expiredTime !== undefined && order.expiredTime <= now ? 'expired' : 'failed';
    default:
      return undefined;
  }
}

/** A decoded order. With `unknownStatus` the backend named a status outside the contract. */
export interface DecodedOrder {
  order: Order;
  /** The status nobody knows, word for word; `order.status` is then `pending`, never paid. */
  unknownStatus?: string;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Reads a backend's answer: an Order of the contract, or PayBy's own JSON passed through unchanged.
 *
 * @param now the server's clock if known, else this machine's, epoch ms
 * @throws ProtocolError when a field is wrong or PayBy's head is not SUCCESS
 */
export function decodeOrder(value: unknown, now: number): DecodedOrder {
  if (!isObject(value)) {
    throw new ProtocolError('order-invalid', 'order', `expected an object, got ${typeof value}`);
  }
  if (value.head !== undefined) assertAccepted(value.head);
  const body = isObject(value.body) ? value.body : value;
  return body.acquireOrder === undefined && value.head === undefined
    ? decodeContractOrder(value)
    : decodePaybyBody(body, now);
}

function assertAccepted(value: unknown): void {
  const head = parse(paybyHeadSchema, value, 'head');
  if (head.applyStatus === 'SUCCESS' && head.code === '0') return;
  const said = `PayBy answered ${head.applyStatus} ${head.code} ${head.msg ?? ''}`.trim();
  throw new ProtocolError('order-rejected', 'head', said, head.code);
}

function decodeContractOrder(value: Record<string, unknown>): DecodedOrder {
  const { status } = value;
  const unknown = typeof status === 'string' && !orderStatuses.some((known) => known === status);
  const order = parse(orderSchema, unknown ? { ...value, status: 'pending' } : value, 'order');
  return unknown ? { order, unknownStatus: status } : { order };
}

function decodePaybyBody(body: Record<string, unknown>, now: number): DecodedOrder {
  const from = parse(acquireOrderSchema, body.acquireOrder, 'acquireOrder');
  // PayBy's gateway and PayBy's documentation spell this wrapper differently.
  const wrapper = body.interActionParams ?? body.interactionParams ?? {};
  const { tokenUrl } = parse(interactionSchema, wrapper, 'interActionParams');
  const status = statusOf(from, now);
  const order: Order = {
    id: from.merchantOrderNo,
    status: status ?? 'pending',
    amount: { amount: from.totalAmount.amount, currency: from.totalAmount.currency },
    ...(tokenUrl && { tokenUrl }),
    ...(from.subject && { subject: from.subject }),
    ...(from.subjectAr && { subjectAr: from.subjectAr }),
    ...(from.expiredTime !== undefined && { expiresAt: from.expiredTime }),
    ...(from.paymentInfo?.paidTime !== undefined && { paidAt: from.paymentInfo.paidTime }),
    ...(from.failCode && {
      failure: { code: from.failCode, ...(from.failDes && { message: from.failDes }) },
    }),
  };
  return status ? { order } : { order, unknownStatus: from.status };
}
