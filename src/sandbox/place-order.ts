/** The rules of `bizContent` when an order is created. */
import * as v from 'valibot';
import { filsOf } from './money.ts';
import { Refusal } from './return-codes.ts';
import { validate } from './signed-request.ts';

const hour = 3_600_000;
const defaultLife = 2 * hour;
const longestLife = 48 * hour;

const text = (max: number) => v.pipe(v.string(), v.minLength(1), v.maxLength(max));
const flag = v.picklist(['true', 'false']);
const amountRule = 'expected above 0, with at most 12 digits before and 2 after the point';

/** Whether `value` is an absolute http or https URL. */
export const isHttpUrl = (value: string): boolean =>
  URL.canParse(value) && /^https?:$/.test(new URL(value).protocol);

/** An order number of the merchant's, in any operation. */
export const merchantOrderNo = v.pipe(v.string(), v.regex(/^[\w-]{1,64}$/));

const bizContentSchema = v.looseObject({
  merchantOrderNo,
  subject: text(64),
  subjectAr: v.optional(text(200)),
  totalAmount: v.object({
    amount: v.pipe(
      v.number(),
      v.rawTransform(({ dataset, addIssue, NEVER }) => {
        const fils = filsOf(dataset.value);
        if (fils !== undefined) return fils;
        addIssue({ message: amountRule });
        return NEVER;
      }),
    ),
    currency: v.literal('AED'),
  }),
  paySceneCode: v.string(),
  paySceneParams: v.optional(
    v.looseObject({
      oneTimePayment: v.optional(v.unknown()),
      changePayer: v.optional(flag),
      redirectUrl: v.optional(v.string()),
    }),
  ),
  expiredTime: v.optional(v.pipe(v.number(), v.integer())),
  notifyUrl: v.optional(
    v.pipe(v.string(), v.maxLength(200), v.check(isHttpUrl, 'expected an http(s) URL')),
  ),
  payeeMid: v.optional(text(64)),
  accessoryContent: v.optional(
    v.looseObject({
      terminalDetail: v.optional(v.looseObject({ merchantName: v.optional(v.string()) })),
    }),
  ),
  reserved: v.optional(v.pipe(v.string(), v.maxLength(20))),
});

/** An order as the merchant asked for it. */
export interface PlaceOrder {
  merchantOrderNo: string;
  subject: string;
  subjectAr?: string;
  /** In fils. */
  total: number;
  /** One attempt only: a declined payment ends the order. */
  oneTimePayment: boolean;
  /** PayBy's naming: true binds the order to the first who scans it, false leaves it to others too. */
  changePayer: boolean;
  redirectUrl?: string;
  /** Epoch ms, when the merchant named it. */
  expiredTime?: number;
  notifyUrl?: string;
  payeeMid?: string;
  merchantName?: string;
  /** What the answers repeat unchanged: accessoryContent, reserved and the like. */
  passedThrough: Record<string, unknown>;
}

/**
 * Reads `bizContent` of placeOrder.
 *
 * @throws Refusal 400 naming the field, 62012 for a scene other than DYNQR, 62073
 */
export function readPlaceOrder(bizContent: unknown): PlaceOrder {
  const biz = validate(bizContentSchema, bizContent, 'bizContent');
  if (biz.paySceneCode !== 'DYNQR') {
    const scene = JSON.stringify(biz.paySceneCode.slice(0, 40));
    throw new Refusal('PAYSCENECODE_ILLEGAL', `${scene}; this sandbox takes "DYNQR"`);
  }
  const { oneTimePayment = 'false', changePayer = 'true', redirectUrl } = biz.paySceneParams ?? {};
  if (!v.is(flag, oneTimePayment)) {
    throw new Refusal('INVALID_ONE_TIME_PAYMENT', 'oneTimePayment is the string "true" or "false"');
  }
  return {
    merchantOrderNo: biz.merchantOrderNo,
    subject: biz.subject,
    subjectAr: biz.subjectAr,
    total: biz.totalAmount.amount,
    oneTimePayment: oneTimePayment === 'true',
    changePayer: changePayer === 'true',
    redirectUrl,
    expiredTime: biz.expiredTime,
    notifyUrl: biz.notifyUrl,
    payeeMid: biz.payeeMid,
    merchantName: biz.accessoryContent?.terminalDetail?.merchantName,
    passedThrough: pick(biz, [
      'secondaryMerchantId',
      'deviceId',
      'accessoryContent',
      'promotionInfoList',
      'reserved',
    ]),
  };
}

/**
 * When an order expires, epoch ms: two hours after its request unless the merchant says otherwise.
 *
 * @throws Refusal 62008 when that is not after the request, 62009 when more than 48 h after it
 */
export function expiryOf({ expiredTime }: PlaceOrder, requestTime: number): number {
  const expiry = expiredTime ?? requestTime + defaultLife;
  if (expiry <= requestTime) throw new Refusal('EXPIREDTIME_LESS_THAN_REQUESTTIME');
  if (expiry > requestTime + longestLife) throw new Refusal('EXPIREDTIME_TOO_LATER');
  return expiry;
}

/** One text for all spellings of the same business parameters: the order of keys does not matter. */
export const fingerprint = (bizContent: unknown): string =>
  JSON.stringify(bizContent, (_, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );

const pick = (from: Record<string, unknown>, keys: string[]): Record<string, unknown> =>
  Object.fromEntries(keys.filter((key) => key in from).map((key) => [key, from[key]]));
