/** PayBy's notifications: nothing in them is read before their signature is known to be PayBy's. */
import * as v from 'valibot';
import { acquireOrderSchema, parse } from '../protocol.ts';
import { type Bytes, fromUtf8, readBody } from './bytes.ts';
import type { CheckoutContext } from './context.ts';
import { awaitsShop, fulfil } from './fulfil.ts';
import { type PaybyOrder, toPaybyOrder } from './payby-order.ts';
import { HttpProblem, type ProblemCode } from './problem.ts';
import { messageOf } from './report.ts';
import { settle } from './settle.ts';

const maxNotificationBytes = 256 * 1024;

const notificationSchema = v.looseObject({ acquireOrder: acquireOrderSchema });

/**
 * Takes a notification: SUCCESS once the store has it and `onPaid` took the payment.
 *
 * The same order may be notified any number of times, under one `notify_id` or several: a status only
 * moves forward and `onPaid` runs until it succeeded once, so a repetition is answered SUCCESS and
 * changes nothing. That is why no `notify_id` needs to be kept.
 *
 * @throws HttpProblem for everything else, so that PayBy tries again; nothing has changed then, except
 *   that with `notification-not-taken` the order is paid and only the shop does not have it yet
 */
export async function takeNotification(ctx: CheckoutContext, request: Request): Promise<Response> {
  const order = readNotification(ctx, await verifiedBody(ctx, request));
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
  return Response.json({ response: 'SUCCESS' });
}

async function verifiedBody(ctx: CheckoutContext, request: Request): Promise<Bytes> {
  const bytes = await readBody(request, maxNotificationBytes);
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

function readNotification(ctx: CheckoutContext, bytes: Bytes): PaybyOrder {
  try {
    const { acquireOrder } = parse(notificationSchema, JSON.parse(fromUtf8(bytes)), 'notification');
    return toPaybyOrder(acquireOrder);
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
  ctx.report({ code: 'notification-refused', message, ...(orderId && { orderId }) });
  return new HttpProblem({ status, code, detail });
}
