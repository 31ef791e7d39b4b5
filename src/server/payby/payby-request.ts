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
  /**
   * Asks for a `deepLink` from a phone's browser into the app (scene EWALLET) in place of a `tokenUrl`
   * (scene DYNQR).
   */
  eWallet?: {
    osType: 'IOS' | 'ANDROID';
    /** Where the app sends the customer back to; http(s). */
    redirectUrl: string;
  };
  /** For DYNQR, so never together with `eWallet`. */
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

const hour = 60 * 60 * 1000;
const maxLifetime = 48 * hour;
const maxExtension = 15 * 24 * hour;

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

export const checkNotifyUrl = (value: unknown): string =>
  checkUrl('notifyUrl', checkText('notifyUrl', value, 1, 200), 'use one PayBy can reach');

function checkUrl(field: string, value: unknown, wayOut: string): string {
  if (typeof value === 'string' && /^https?:\/\/[^/]/i.test(value) && URL.canParse(value))
    return value;
  throw new TypeError(`${field} ${show(value)} is not an http(s) URL; ${wayOut}`);
}

export const checkExpiredTime = (value: number, now: number): number =>
  checkAhead(value, now, maxLifetime, '48 hours');

function checkAhead(value: number, now: number, most: number, limit: string): number {
  if (Number.isSafeInteger(value) && value > now && value <= now + most) return value;
  throw new TypeError(
    `expiredTime ${show(value)} is not within ${limit} after now (${now}); use whole epoch milliseconds`,
  );
}

const show = (value: unknown): string =>
  typeof value === 'string' ? JSON.stringify(value.slice(0, 80)) : String(value).slice(0, 80);

/** The `bizContent` of placeOrder: for a dynamic QR code, or for the way into the app. */
export function placeOrderContent(request: PlaceOrderRequest, now: number): object {
  const { merchantOrderNo, subject, subjectAr, totalAmount, expiredTime, notifyUrl } = request;
  const { eWallet, paySceneParams, reserved, ...rest } = request;
  checkOrderNumber('merchantOrderNo', merchantOrderNo);
  checkText('subject', subject, 1, 64);
  if (subjectAr !== undefined) checkText('subjectAr', subjectAr, 1, 200);
  if (expiredTime !== undefined) checkExpiredTime(expiredTime, now);
  if (notifyUrl !== undefined) checkNotifyUrl(notifyUrl);
  if (reserved !== undefined) checkText('reserved', reserved, 1, 20);
  return {
    ...rest,
    ...sceneOf(eWallet, paySceneParams),
    totalAmount: wireMoney('totalAmount', totalAmount),
    ...(reserved !== undefined && { reserved }),
  };
}

function sceneOf(
  eWallet: PlaceOrderRequest['eWallet'],
  params: PlaceOrderRequest['paySceneParams'],
): object {
  if (eWallet === undefined) {
    return { paySceneCode: 'DYNQR', ...(params && { paySceneParams: flagsAsText(params) }) };
  }
  if (params !== undefined) {
    throw new TypeError('pass either eWallet or paySceneParams: an order has one scene');
  }
  const { osType, redirectUrl } = eWallet;
  if (osType !== 'IOS' && osType !== 'ANDROID') {
    throw new TypeError(`eWallet.osType ${show(osType)} is not known; use "IOS" or "ANDROID"`);
  }
  checkUrl('eWallet.redirectUrl', redirectUrl, 'use the page to come back to');
  return {
    paySceneCode: 'EWALLET',
    paySceneParams: { eWalletCode: 'botim-pay', terminalType: 'WAP', osType, redirectUrl },
  };
}

/** An amount above zero as PayBy takes it. */
export function wireMoney(field: string, money: Amount): { amount: number; currency: string } {
  const amount = parsePositiveAmount(money.amount, `${field}.amount`);
  if (money.currency === currency) return { amount: amountToWire(amount), currency };
  throw new TypeError(`${field}.currency ${show(money.currency)} is not taken by PayBy; use "AED"`);
}

/** PayBy's flags are the texts "true" and "false". */
const flagsAsText = (params: object): object =>
  Object.fromEntries(
    Object.entries(params).map(([name, value]) => [
      name,
      typeof value === 'boolean' ? `${value}` : value,
    ]),
  );

/** The one number that is given out of two. */
export function eitherNumber(numbers: Readonly<Record<string, string | undefined>>): object {
  const given = Object.entries(numbers).filter(([, number]) => number !== undefined);
  const [first, ...others] = given;
  if (first === undefined || others.length > 0) {
    const names = Object.keys(numbers).join(' or ');
    throw new TypeError(`pass either ${names}: PayBy takes one of them, never both`);
  }
  const [field, number] = first;
  return { [field]: checkOrderNumber(field, number) };
}

/** The `bizContent` of operations on an order that exists. */
export const orderNumberContent = ({ merchantOrderNo, orderNo }: OrderNumber): object =>
  eitherNumber({ merchantOrderNo, orderNo });

/** The `bizContent` of updateExpiredTime. @param now epoch ms */
export const expiredTimeContent = (
  number: OrderNumber,
  expiredTime: number,
  now: number,
): object => ({
  ...orderNumberContent(number),
  expiredTime: checkAhead(expiredTime, now, maxExtension, '15 days'),
});

/** The `bizContent` of getCashierUrlInfo. */
export const cashierUrlContent = (tokenUrl: string): object => ({
  tokenUrl: checkUrl('tokenUrl', tokenUrl, 'pass the one placeOrder answered'),
});
