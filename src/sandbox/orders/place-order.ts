/** The rules of `bizContent` when an order is created. */
import * as v from 'valibot';
import { validate } from '../http/signed-request.ts';
import { epoch, merchantNo, note, notifyUrl, pick, text } from '../wire/fields.ts';
import { moneySchema } from '../wire/money.ts';
import { Refusal } from '../wire/return-codes.ts';
import { checkEWallet } from './e-wallet.ts';

const hour = 3_600_000;
const defaultLife = 2 * hour;
const longestLife = 48 * hour;

const flag = v.picklist(['true', 'false']);
const paySceneCode = v.picklist(['DYNQR', 'EWALLET']);

/** How an order gets to its payer: a code to scan, or a link from a phone's browser into the app. */
export type PayScene = v.InferOutput<typeof paySceneCode>;

const bizContentSchema = v.looseObject({
  merchantOrderNo: merchantNo,
  subject: text(64),
  subjectAr: v.optional(text(200)),
  totalAmount: moneySchema,
  paySceneCode: v.string(),
  paySceneParams: v.optional(
    v.looseObject({
      oneTimePayment: v.optional(v.unknown()),
      changePayer: v.optional(flag),
      redirectUrl: v.optional(v.string()),
    }),
  ),
  expiredTime: v.optional(epoch),
  notifyUrl: v.optional(notifyUrl),
  payeeMid: v.optional(text(64)),
  accessoryContent: v.optional(
    v.looseObject({
      terminalDetail: v.optional(v.looseObject({ merchantName: v.optional(v.string()) })),
    }),
  ),
  reserved: v.optional(note(20)),
});

/** An order as the merchant asked for it. */
export interface PlaceOrder {
  merchantOrderNo: string;
  subject: string;
  subjectAr?: string;
  /** In fils. */
  total: number;
  scene: PayScene;
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
 * @throws Refusal 400 naming the field, 62012 for another scene, 62073, 62072, 62080 and 62081 for an app
 */
export function readPlaceOrder(bizContent: unknown): PlaceOrder {
  const biz = validate(bizContentSchema, bizContent, 'bizContent');
  const scene = biz.paySceneCode;
  if (!v.is(paySceneCode, scene)) {
    const detail = `${JSON.stringify(scene.slice(0, 40))}; this sandbox takes "DYNQR" and "EWALLET"`;
    throw new Refusal('PAYSCENECODE_ILLEGAL', detail);
  }
  if (scene === 'EWALLET') checkEWallet(biz.paySceneParams);
  const { oneTimePayment = 'false', changePayer = 'true', redirectUrl } = biz.paySceneParams ?? {};
  if (!v.is(flag, oneTimePayment)) {
    throw new Refusal('INVALID_ONE_TIME_PAYMENT', 'oneTimePayment is the string "true" or "false"');
  }
  return {
    merchantOrderNo: biz.merchantOrderNo,
    subject: biz.subject,
    subjectAr: biz.subjectAr,
    total: biz.totalAmount.amount,
    scene,
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
