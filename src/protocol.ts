/**
 * The wire contract: what a merchant's backend answers, and what PayBy itself answers.
 *
 * The element, the server kit and the sandbox share these schemas; the types are derived from them.
 */
import * as v from 'valibot';
import { type OrderStatus, orderStatuses } from './order-status.ts';

export { isFinal, type OrderStatus, orderStatuses } from './order-status.ts';

/** A field with no other value in its place, whatever a page has put on all objects as a `fallback`. */
const strict = <const Schema extends v.GenericSchema>(schema: Schema): Schema => ({
  ...schema,
  fallback: undefined,
});

const text = strict(v.pipe(v.string(), v.regex(/\S/)));
/** No later moment can be written as a date. */
const epochMs = v.pipe(v.number(), v.minValue(0), v.maxValue(8.64e15));
const money = strict(
  v.object({
    amount: v.pipe(v.number(), v.minValue(0)),
    currency: v.pipe(v.string(), v.regex(/^[A-Z]{3}$/)),
  }),
);

/** Money on the wire: an amount in major units (12.34 is 12 dirhams 34 fils) and its currency. */
export type Money = v.InferOutput<typeof money>;

/** An order as a merchant's backend answers it. */
export const orderSchema = v.object({
  /** Path-safe. Knowing it is the right to read the order's status: make it unguessable. */
  id: strict(v.pipe(v.string(), v.regex(/[^.\s]/))),
  status: strict(v.picklist(orderStatuses)),
  /** What the QR code says. Needed while the order is pending. */
  tokenUrl: v.optional(text),
  /** Link from a phone's browser into the app (PayBy's EWALLET deep link). */
  appLink: v.optional(text),
  /** Arguments of PayBy's in-app call `ToPayRequest`. */
  bridge: v.optional(v.object({ appId: text, token: text })),
  amount: v.optional(money),
  subject: v.optional(text),
  subjectAr: v.optional(text),
  /** When the order can no longer be paid, epoch ms. */
  expiresAt: v.optional(epochMs),
  /** When it was paid, epoch ms. */
  paidAt: v.optional(epochMs),
  /** The server's clock as it answered, epoch ms. */
  now: v.optional(epochMs),
  /** Who scanned the code, once somebody has. */
  payer: v.optional(v.object({ mobileNumberMask: text })),
  failure: v.optional(v.object({ code: text, message: v.optional(text) })),
  statusUrl: v.optional(text),
  eventsUrl: v.optional(text),
  cancelUrl: v.optional(text),
});

export type Order = v.InferOutput<typeof orderSchema>;

/** What the element sends to create an order. No price: that comes from the merchant's server. */
export const createRequestSchema = v.object({
  paySceneCode: v.literal('DYNQR'),
  reference: v.optional(v.pipe(v.string(), v.minLength(1), v.maxLength(200))),
  details: v.optional(v.unknown()),
});

export type CreateRequest = v.InferOutput<typeof createRequestSchema>;

/** A field that only informs: of the wrong type, or null, it says nothing, and hides no payment. */
const loose = <const Schema extends v.GenericSchema>(schema: Schema) =>
  v.fallback(v.optional(schema), undefined);

const looseText = loose(v.string());
const looseTime = loose(epochMs);

/** PayBy's `head`, in front of every answer of its gateway. */
export const paybyHeadSchema = v.object({
  applyStatus: text,
  code: text,
  msg: looseText,
  traceCode: looseText,
});

/** PayBy's own order, as placeOrder, getOrder, cancelOrder and notifications carry it. */
export const acquireOrderSchema = v.looseObject({
  merchantOrderNo: text,
  orderNo: loose(text),
  status: text,
  totalAmount: money,
  subject: looseText,
  subjectAr: looseText,
  expiredTime: looseTime,
  requestTime: looseTime,
  payeeMid: looseText,
  notifyUrl: looseText,
  paySceneCode: looseText,
  /** "true" once it was reversed; a boolean is taken, too. */
  revoked: v.optional(v.unknown()),
  failCode: looseText,
  failDes: looseText,
  reserved: looseText,
  paymentInfo: loose(
    v.looseObject({
      paidAmount: loose(money),
      paidTime: looseTime,
      payerMid: looseText,
      payChannel: looseText,
    }),
  ),
});

export type AcquireOrder = v.InferOutput<typeof acquireOrderSchema>;

const interactionSchema = v.object({ tokenUrl: v.nullish(text) });

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
  const keys = issue.path?.map(({ key }) => key) ?? [];
  const path = [name, ...keys].filter(Boolean).join('.');
  throw new ProtocolError('order-invalid', path, describe(issue));
}

const describe = (issue: v.BaseIssue<unknown>): string =>
  issue.expected
    ? `expected ${issue.expected}, got ${issue.received.slice(0, 80)}`
    : `${issue.message}, got ${issue.received.slice(0, 80)}`;

const isPaid = (status: string): boolean => /^(PAID_SUCCESS|SETTLED|SETTLED_SUCCESS)$/.test(status);

/**
 * The contract's status for one of PayBy's orders, or undefined for a status nobody knows.
 *
 * @param now the time against which FAILURE is told apart into expired and failed, epoch ms
 */
export function statusOf(order: AcquireOrder, now: number): OrderStatus | undefined {
  // A revoked order was paid and given back; without a payment there is nothing to give back.
  const wasPaid = order.paymentInfo !== undefined || isPaid(order.status);
  if (String(order.revoked) === 'true') return wasPaid ? 'refunded' : 'cancelled';
  if (isPaid(order.status)) return 'paid';
  switch (order.status) {
    case 'CREATED':
      return 'pending';
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
  /** Fields of the wrong form that were left out: they must not hide what the order is. */
  leftOut?: ProtocolError[];
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
  const leftOut: ProtocolError[] = [];
  let rest = unknown ? { ...value, status: 'pending' } : value;
  for (;;) {
    try {
      const order = parse(orderSchema, rest, 'order');
      return {
        order,
        ...(leftOut.length > 0 && { leftOut }),
        ...(unknown && { unknownStatus: status }),
      };
    } catch (error) {
      const [, field = ''] = error instanceof ProtocolError ? error.path.split('.') : [];
      if (!(field in rest) || field === 'id' || field === 'status') throw error;
      const { [field]: wrong, ...others } = rest;
      // Many serializers write null for what is not there.
      if (error instanceof ProtocolError && wrong !== null) leftOut.push(error);
      rest = others;
    }
  }
}

function decodePaybyBody(body: Record<string, unknown>, now: number): DecodedOrder {
  const from = parse(acquireOrderSchema, body.acquireOrder, 'acquireOrder');
  // PayBy's gateway and PayBy's documentation spell this wrapper differently.
  const wrapper = body.interActionParams ?? body.interactionParams ?? {};
  const status = statusOf(from, now);
  // Only an order that can still be paid has a link, and only then may a wrong one be an error.
  const isOpen = status === undefined || status === 'pending';
  const { tokenUrl } = isOpen ? parse(interactionSchema, wrapper, 'interActionParams') : {};
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
