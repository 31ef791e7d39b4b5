/** PayBy's notifications: nothing in them is read before their signature is known to be PayBy's. */
import * as v from 'valibot';
import { acquireOrderSchema, parse } from '../../protocol.ts';
import { type Bytes, fromUtf8 } from '../bytes.ts';
import type { CheckoutContext } from '../context.ts';
import { fulfil } from '../orders/fulfil.ts';
import { awaitsShop } from '../orders/order-status.ts';
import { settle } from '../orders/settle.ts';
import { type PaybyOrder, toPaybyOrder } from '../payby/payby-order.ts';
import { messageOf } from '../report.ts';
import { HttpProblem, type ProblemCode } from './problem.ts';
import { readBody } from './request-body.ts';

const maxNotificationBytes = 256 * 1024;

const notificationSchema = v.looseObject({ acquireOrder: acquireOrderSchema });

/** What is refunded is read for the operator alone, so nothing in it can be wrong. */
const refundSchema = v.looseObject({ refundOrder: v.looseObject({}) });

type Notification =
  | { kind: 'payment'; order: PaybyOrder }
  | { kind: 'refund'; refund: Readonly<Record<string, unknown>> };

/**
 * Takes a notification: SUCCESS once the store has it and `onPaid` took the payment; a refund's is
 * reported.
 *
 * The same order may be notified any number of times, under one `notify_id` or several: a status only
 * moves forward and `onPaid` runs until it succeeded once, so a repetition is answered SUCCESS and
 * changes nothing. That is why no `notify_id` needs to be kept.
 *
 * @throws HttpProblem for everything else, so that PayBy tries again; nothing has changed then, except
 *   that with `notification-not-taken` the order is paid and only the shop does not have it yet
 */
export async function takeNotification(ctx: CheckoutContext, request: Request): Promise<Response> {
  const notification = readNotification(ctx, await verifiedBody(ctx, request));
  if (notification.kind === 'refund') return takeRefund(ctx, notification.refund);
  const { order } = notification;
  const record = await ctx.store.get(order.merchantOrderNo);
  if (record === undefined) {
    throw refusal(ctx, 404, 'order-not-found', 'There is no such order.', order.merchantOrderNo);
  }
  const settled = await settle(ctx, record, order);
  if (settled.kind !== 'status') {
    const detail = 'The order in this notification is not what was asked for.';
    throw new HttpProblem({ status: 422, code: 'notification-mismatch', detail });
  }
  if (awaitsShop(settled.record) && !(await fulfil(ctx, record.id))) {
    const detail = 'The shop could not take the payment yet. Send this notification again.';
    throw new HttpProblem({ status: 500, code: 'notification-not-taken', detail });
  }
  return success();
}

async function verifiedBody(ctx: CheckoutContext, request: Request): Promise<Bytes> {
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
    if (v.is(refundSchema, body)) return { kind: 'refund', refund: body.refundOrder };
    const { acquireOrder } = parse(notificationSchema, body, 'notification');
    return { kind: 'payment', order: toPaybyOrder(acquireOrder) };
  } catch (cause) {
    throw refusal(ctx, 400, 'notification-invalid', messageOf(cause).slice(0, 300));
  }
}

/** Refunds are made elsewhere, in PayBy's portal for one: they are passed on, and nothing changes. */
function takeRefund(ctx: CheckoutContext, refund: Readonly<Record<string, unknown>>): Response {
  const { refundMerchantOrderNo, originMerchantOrderNo: orderId, status } = refund;
  const message = `PayBy notified the refund ${refundMerchantOrderNo}, which is ${status}`;
  const known = typeof orderId === 'string' && { orderId };
  ctx.report({ code: 'refund-notified', message, ...known });
  return success();
}

const success = (): Response => Response.json({ response: 'SUCCESS' });

function refusal(
  ctx: CheckoutContext,
  status: number,
  code: ProblemCode,
  detail: string,
  orderId?: string,
): HttpProblem {
  const message = `notification refused with ${status}: ${detail}`;
  ctx.report({ code: 'notification-refused', message, ...(orderId && { orderId }) });
  return new HttpProblem({ status, code, detail });
}
