/** PayBy's notifications: nothing in them is read before their signature is known to be PayBy's. */
import * as v from 'valibot';
import { acquireOrderSchema, parse } from '../../protocol.ts';
import { messageOf } from '../anomaly.ts';
import { type Bytes, fromUtf8 } from '../bytes.ts';
import type { CheckoutContext } from '../context.ts';
import { awaitsShop } from '../orders/order-status.ts';
import { hasBeenPaid } from '../orders/refunds.ts';
import { settle } from '../orders/settle.ts';
import { takeRefund } from '../orders/take-refund.ts';
import { tellShop } from '../orders/tell-shop.ts';
import { type PaybyOrder, toPaybyOrder } from '../payby/payby-order.ts';
import { type PaybyRefund, toPaybyRefund } from '../payby/payby-refund.ts';
import type { OrderRecord } from '../stores/order-store.ts';
import { HttpProblem, type ProblemCode } from './problem.ts';
import { readBody } from './request-body.ts';

const maxNotificationBytes = 256 * 1024;

const notificationSchema = v.looseObject({
  acquireOrder: v.nullish(v.unknown()),
  refundOrder: v.nullish(v.unknown()),
});

type Notification =
  | { kind: 'payment'; order: PaybyOrder }
  | { kind: 'refund'; refund: PaybyRefund; orderId: string };

/**
 * Takes a notification: SUCCESS once the store has it and the shop's callback took it.
 *
 * The same order may be notified any number of times, under one `notify_id` or several: a status only
 * moves forward and a callback runs until it succeeded once, so a repetition is answered SUCCESS and
 * changes nothing. That is why no `notify_id` needs to be kept.
 *
 * @throws HttpProblem for everything else, so that PayBy tries again; nothing has changed then, except
 *   that with `notification-not-taken` the order is paid or refunded and only the shop does not have it yet
 */
export async function takeNotification(ctx: CheckoutContext, request: Request): Promise<Response> {
  const notification = readNotification(ctx, await verifiedBody(ctx, request));
  const orderId =
    notification.kind === 'payment' ? notification.order.merchantOrderNo : notification.orderId;
  const record = await ctx.store.get(orderId);
  if (record === undefined) {
    throw refusal(ctx, 404, 'order-not-found', 'There is no such order.', orderId);
  }
  const present = await (notification.kind === 'payment'
    ? takePayment(ctx, record, notification.order)
    : takeRefundNews(ctx, record, notification.refund));
  if (awaitsShop(present) && !(await tellShop(ctx, record.id))) {
    const detail = 'The shop could not take this yet. Send this notification again.';
    throw new HttpProblem({ status: 500, code: 'notification-not-taken', detail });
  }
  return Response.json({ response: 'SUCCESS' });
}

async function takePayment(
  ctx: CheckoutContext,
  record: OrderRecord,
  order: PaybyOrder,
): Promise<OrderRecord> {
  const settled = await settle(ctx, record, order);
  if (settled.kind === 'status') return settled.record;
  if (settled.kind === 'outdated') {
    const detail = `The order is ${settled.record.status}; this notification says less than that.`;
    throw outdated(ctx, record.id, detail);
  }
  throw mismatch();
}

/**
 * The money of an order can only go back after it came: PayBy is asked how an order stands that is not paid
 * as far as is known. What it says counts, whatever becomes of the refund.
 */
async function takeRefundNews(
  ctx: CheckoutContext,
  record: OrderRecord,
  refund: PaybyRefund,
): Promise<OrderRecord> {
  if (!hasBeenPaid(record)) {
    const order = await ctx.payby.getOrder({ merchantOrderNo: record.id }, { retries: 0 });
    await settle(ctx, record, order);
  }
  const { verdict, order } = await takeRefund(ctx, record, refund);
  if (verdict === 'news' || verdict === 'known') return order;
  if (awaitsShop(order)) await tellShop(ctx, order.id);
  if (verdict !== 'outdated') throw mismatch();
  throw outdated(ctx, record.id, 'The refund has ended otherwise.');
}

/** What does not match was reported where it was compared. */
const mismatch = () =>
  new HttpProblem({
    status: 422,
    code: 'notification-mismatch',
    detail: 'What this notification says is not what was asked for.',
  });

const outdated = (ctx: CheckoutContext, orderId: string, detail: string) =>
  refusal(ctx, 409, 'notification-outdated', detail, orderId);

async function verifiedBody(ctx: CheckoutContext, request: Request): Promise<Bytes> {
  const partner = request.headers.get('partner-id');
  if (partner !== null && partner !== ctx.payby.partnerId) {
    throw refusal(ctx, 401, 'partner-unknown', 'The header "Partner-Id" names another merchant.');
  }
  const bytes = await readBody(request, maxNotificationBytes, ctx.clock);
  if (bytes === undefined) {
    throw refusal(ctx, 413, 'body-too-large', 'A notification has at most 256 kB.');
  }
  if (await ctx.payby.verify(bytes, request.headers.get('sign'))) return bytes;
  throw refusal(
    ctx,
    401,
    'signature-invalid',
    'The header "sign" is not PayBy\'s signature of these bytes. ' +
      'Does something between PayBy and here parse and rewrite the body?',
  );
}

function readNotification(ctx: CheckoutContext, bytes: Bytes): Notification {
  try {
    const body: unknown = JSON.parse(fromUtf8(bytes));
    const said = parse(notificationSchema, body, 'notification');
    const [acquireOrder, refundOrder] = [said.acquireOrder ?? null, said.refundOrder ?? null];
    if ((acquireOrder === null) === (refundOrder === null)) {
      throw new TypeError('notification has not one of acquireOrder and refundOrder');
    }
    if (acquireOrder !== null) {
      const raw = parse(acquireOrderSchema, acquireOrder, 'notification.acquireOrder');
      return { kind: 'payment', order: toPaybyOrder(raw) };
    }
    const refund = toPaybyRefund(refundOrder);
    const orderId = refund.originMerchantOrderNo;
    if (orderId) return { kind: 'refund', refund, orderId };
    throw new TypeError('notification.refundOrder names no originMerchantOrderNo');
  } catch (cause) {
    throw refusal(ctx, 400, 'notification-invalid', messageOf(cause).slice(0, 300));
  }
}

function refusal(
  ctx: CheckoutContext,
  status: number,
  code: ProblemCode,
  detail: string,
  orderId?: string,
): HttpProblem {
  const message = `notification refused with ${status}: ${detail}`;
  ctx.anomalies.report({ code: 'notification-refused', message, ...(orderId && { orderId }) });
  return new HttpProblem({ status, code, detail });
}
