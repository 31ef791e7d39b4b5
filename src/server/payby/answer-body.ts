/** What PayBy's operations answer, read out of a verified answer's `body`. Pure. */
import * as v from 'valibot';
import { acquireOrderSchema, ProtocolError, parse } from '../../protocol.ts';
import { loose, text } from './fields.ts';
import { readable } from './payby-answer.ts';
import type { PaybyOperation } from './payby-error.ts';
import { type PaybyOrder, toPaybyOrder } from './payby-order.ts';
import { type PlacedRefund, refundOrderSchema, toPlacedRefund } from './payby-refund.ts';
import type { OrderNumber } from './payby-request.ts';
import type { RefundNumber } from './refund-request.ts';

const orderBody = v.looseObject({ acquireOrder: acquireOrderSchema });

const interaction = loose(v.looseObject({ tokenUrl: loose(text), deepLink: loose(text) }));

const interactionBody = v.looseObject({
  interActionParams: interaction,
  interactionParams: interaction,
});

const refundBody = v.looseObject({
  refundOrder: refundOrderSchema,
  refundSummary: v.optional(v.unknown()),
});

const payerBody = loose(
  v.looseObject({ payer: loose(v.looseObject({ mobileNumberMask: loose(text) })) }),
);

/** The order, made sure to be the one asked for. @throws PaybyUnknownError when it is not; so do all below */
export function readOrder(
  operation: PaybyOperation,
  body: unknown,
  asked: OrderNumber,
): PaybyOrder {
  return readable(operation, () => {
    const { acquireOrder } = parse(orderBody, body, 'body');
    for (const field of ['merchantOrderNo', 'orderNo'] as const) {
      if (asked[field] === undefined || asked[field] === acquireOrder[field]) continue;
      throw new ProtocolError('order-invalid', `body.acquireOrder.${field}`, 'is another order');
    }
    return toPaybyOrder(acquireOrder);
  });
}

/** How the customer gets to the payment, as placeOrder answers it. */
export interface Interaction {
  tokenUrl?: string | undefined;
  deepLink?: string | undefined;
}

/** Under either spelling of its wrapper; of any other form it says nothing. */
export function readInteraction(body: unknown): Interaction {
  return readable('placeOrder', () => {
    const { interActionParams, interactionParams } = parse(interactionBody, body, 'body');
    return {
      tokenUrl: interActionParams?.tokenUrl ?? interactionParams?.tokenUrl,
      deepLink: interActionParams?.deepLink ?? interactionParams?.deepLink,
    };
  });
}

/** The refund, made sure to be the one asked for. */
export function readRefund(
  operation: PaybyOperation,
  body: unknown,
  asked: RefundNumber,
): PlacedRefund {
  return readable(operation, () => {
    const { refundOrder, refundSummary } = parse(refundBody, body, 'body');
    for (const field of ['refundMerchantOrderNo', 'orderNo'] as const) {
      if (asked[field] === undefined || asked[field] === refundOrder[field]) continue;
      throw new ProtocolError('order-invalid', `body.refundOrder.${field}`, 'is another refund');
    }
    return toPlacedRefund(refundOrder, refundSummary);
  });
}

/** Who scanned a code, once somebody has. */
export interface CashierUrlInfo {
  payer?: {
    /** The phone number, mostly hidden: `+971-58*92`. */
    mobileNumberMask: string;
  };
}

export function readCashierUrlInfo(body: unknown): CashierUrlInfo {
  return readable('getCashierUrlInfo', () => {
    const mobileNumberMask = parse(payerBody, body, 'body')?.payer?.mobileNumberMask;
    return mobileNumberMask === undefined ? {} : { payer: { mobileNumberMask } };
  });
}
