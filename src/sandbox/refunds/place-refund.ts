/** The rules of `bizContent` when a refund is placed. */
import * as v from 'valibot';
import { validate } from '../http/signed-request.ts';
import { fingerprint, merchantNo, note, notifyUrl, paybyNo, pick } from '../wire/fields.ts';
import { moneySchema } from '../wire/money.ts';
import { Refusal } from '../wire/return-codes.ts';

const bizContentSchema = v.looseObject({
  refundMerchantOrderNo: v.optional(merchantNo),
  merchantOrderNo: v.optional(merchantNo),
  originMerchantOrderNo: v.optional(merchantNo),
  originOrderNo: v.optional(paybyNo),
  amount: moneySchema,
  // PayBy's documentation gives these lengths; the samples have `reserved` besides.
  reason: v.optional(note(64)),
  operatorName: v.optional(note(200)),
  reserved: v.optional(note(200)),
  notifyUrl: v.optional(notifyUrl),
});

/** A refund as the merchant asked for it. */
export interface PlaceRefund {
  refundMerchantOrderNo: string;
  /** The order by exactly one of its numbers, as the operations on orders take it. */
  origin: { merchantOrderNo?: string; orderNo?: string };
  /** In fils. */
  amount: number;
  reason?: string;
  notifyUrl?: string;
  /** What the answers repeat unchanged. */
  passedThrough: Record<string, unknown>;
}

/**
 * Reads `bizContent` of refund/placeOrder. The refund's own number is `refundMerchantOrderNo` in
 * PayBy's table of fields and `merchantOrderNo` in its sample: either will do.
 *
 * @throws Refusal 400 naming the field
 */
export function readPlaceRefund(bizContent: unknown): PlaceRefund {
  const biz = validate(bizContentSchema, bizContent, 'bizContent');
  return {
    refundMerchantOrderNo: refundNo(biz),
    origin: { merchantOrderNo: biz.originMerchantOrderNo, orderNo: biz.originOrderNo },
    amount: biz.amount.amount,
    reason: biz.reason,
    notifyUrl: biz.notifyUrl,
    passedThrough: pick(biz, [
      'secondaryMerchantId',
      'deviceId',
      'refundSharingAmount',
      'reserved',
    ]),
  };
}

/** The same text for the same refund, whichever way its own number is spelt. */
export function refundFingerprint(bizContent: unknown, { refundMerchantOrderNo }: PlaceRefund) {
  const { merchantOrderNo: _, ...rest } = { ...(bizContent as Record<string, unknown>) };
  return fingerprint({ ...rest, refundMerchantOrderNo });
}

/** @throws Refusal 400 for no number, or for two that differ */
export function refundNo(biz: { refundMerchantOrderNo?: string; merchantOrderNo?: string }) {
  const { refundMerchantOrderNo = biz.merchantOrderNo, merchantOrderNo = refundMerchantOrderNo } =
    biz;
  if (refundMerchantOrderNo !== undefined && refundMerchantOrderNo === merchantOrderNo) {
    return refundMerchantOrderNo;
  }
  const rule = 'expected refundMerchantOrderNo, or merchantOrderNo in its place';
  throw new Refusal('INVALID_PARAMETER', `bizContent: ${rule}`);
}
