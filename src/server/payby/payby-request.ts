/** What goes to PayBy: typed, checked before it leaves, and written the way PayBy wants it. */
import { type Amount, amountToWire, currency, parsePositiveAmount } from './money.ts';

/** One of an order's two numbers, never both. */
export type OrderNumber =
  | { merchantOrderNo: string; orderNo?: never }
  | { orderNo: string; merchantOrderNo?: never };

export interface PlaceOrderRequest {
  /** 1–64 letters, digits, `-` or `_`; unique per merchant for ever. */
  merchantOrderNo: string;
  /** What is bought, 1–64 characters. */
  subject: string;
  /** The subject in Arabic, up to 200 characters. */
  subjectAr?: string;
  /** A decimal string in AED, above zero. */
  totalAmount: Amount;
  /** When the order can no longer be paid, epoch ms; at most 48 h ahead, 2 h when absent. */
  expiredTime?: number;
  /** Where PayBy posts notifications; http(s), up to 200 characters. */
  notifyUrl?: string;
  paySceneParams?: {
    /** One attempt to pay only; false when absent. */
    oneTimePayment?: boolean;
    /** The first to scan is bound to the order; true when absent. */
    changePayer?: boolean;
    redirectUrl?: string;
    email?: string;
    eid?: string;
  };
  payeeMid?: string;
  secondaryMerchantId?: string;
  deviceId?: string;
  /** Up to 20 characters, given back by PayBy unchanged. */
  reserved?: string;
  accessoryContent?: Readonly<Record<string, unknown>>;
  riskInfo?: Readonly<Record<string, unknown>>;
  sharingParamList?: readonly unknown[];
  promotionInfoList?: readonly unknown[];
}

const maxLifetime = 48 * 60 * 60 * 1000;

/**
 * A text of `min` to `max` characters.
 *
 * @throws TypeError naming the field, the value and the limit; so do all checks below
 */
export function checkText(field: string, value: unknown, min: number, max: number): string {
  if (typeof value === 'string' && value.length >= min && value.length <= max) return value;
  const said =
    typeof value === 'string'
      ? `has ${value.length} characters: ${show(value)}`
      : `is ${show(value)}`;
  throw new TypeError(`${field} ${said}; use ${min} to ${max} characters`);
}

export function checkOrderNumber(field: string, value: unknown): string {
  if (typeof value === 'string' && /^[A-Za-z0-9_-]{1,64}$/.test(value)) return value;
  throw new TypeError(
    `${field} ${show(value)} is not 1 to 64 letters, digits, "-" or "_"; choose another`,
  );
}

export function checkNotifyUrl(value: unknown): string {
  const url = checkText('notifyUrl', value, 1, 200);
  if (/^https?:\/\/[^/]/i.test(url) && URL.canParse(url)) return url;
  throw new TypeError(`notifyUrl ${show(url)} is not an http(s) URL; use one PayBy can reach`);
}

export function checkExpiredTime(value: number, now: number): number {
  if (Number.isSafeInteger(value) && value > now && value <= now + maxLifetime) return value;
  throw new TypeError(
    `expiredTime ${show(value)} is not within 48 hours after now (${now}); use whole epoch milliseconds`,
  );
}

const show = (value: unknown): string =>
  typeof value === 'string' ? JSON.stringify(value.slice(0, 80)) : String(value).slice(0, 80);

/** The `bizContent` of placeOrder for a dynamic QR code. */
export function placeOrderContent(request: PlaceOrderRequest, now: number): object {
  const { merchantOrderNo, subject, subjectAr, totalAmount, expiredTime, notifyUrl } = request;
  const { paySceneParams, reserved, ...rest } = request;
  checkOrderNumber('merchantOrderNo', merchantOrderNo);
  checkText('subject', subject, 1, 64);
  if (subjectAr !== undefined) checkText('subjectAr', subjectAr, 1, 200);
  if (expiredTime !== undefined) checkExpiredTime(expiredTime, now);
  if (notifyUrl !== undefined) checkNotifyUrl(notifyUrl);
  if (reserved !== undefined) checkText('reserved', reserved, 1, 20);
  return {
    ...rest,
    paySceneCode: 'DYNQR',
    totalAmount: wireMoney(totalAmount),
    ...(paySceneParams && { paySceneParams: flagsAsText(paySceneParams) }),
    ...(reserved !== undefined && { reserved }),
  };
}

function wireMoney(money: Amount): { amount: number; currency: string } {
  const amount = parsePositiveAmount(money.amount, 'totalAmount.amount');
  if (money.currency === currency) return { amount: amountToWire(amount), currency };
  throw new TypeError(
    `totalAmount.currency ${show(money.currency)} is not taken by PayBy; use "AED"`,
  );
}

/** PayBy's flags are the texts "true" and "false". */
const flagsAsText = (params: object): object =>
  Object.fromEntries(
    Object.entries(params).map(([name, value]) => [
      name,
      typeof value === 'boolean' ? `${value}` : value,
    ]),
  );

/** The `bizContent` of operations on an order that exists. */
export function orderNumberContent({ merchantOrderNo, orderNo }: OrderNumber): object {
  if ((merchantOrderNo === undefined) === (orderNo === undefined)) {
    throw new TypeError(
      'pass either merchantOrderNo or orderNo: PayBy takes one of them, never both',
    );
  }
  return merchantOrderNo === undefined
    ? { orderNo: checkOrderNumber('orderNo', orderNo) }
    : { merchantOrderNo: checkOrderNumber('merchantOrderNo', merchantOrderNo) };
}
