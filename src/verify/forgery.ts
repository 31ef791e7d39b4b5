/** Notifications of a payment that PayBy never sent. */
import type { Order } from '../protocol.ts';

export interface Forgery {
  body: string;
  headers: Record<string, string>;
}

const rsa = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };

/**
 * A notification of `order`'s payment without a signature, and some with a wrong one: of another key,
 * of other bytes, and none at all.
 *
 * @param now epoch ms
 */
export async function forge(
  order: Order,
  now: number,
): Promise<{ unsigned: Forgery; signed: Forgery[] }> {
  const body = JSON.stringify(notification(order, now));
  const bytes = new TextEncoder().encode(body);
  const { privateKey } = await crypto.subtle.generateKey(
    { ...rsa, modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]) },
    false,
    ['sign'],
  );
  const signature = base64(await crypto.subtle.sign(rsa.name, privateKey, bytes));
  const headers = { 'content-type': 'application/json' };
  const signed = [signature, '', 'bm90IGEgc2lnbmF0dXJl', 'null'].map((sign) => ({
    body,
    headers: { ...headers, sign },
  }));
  return { unsigned: { body, headers }, signed };
}

/** As PayBy would write it, except that nobody paid. */
function notification({ id, amount, subject, expiresAt }: Order, now: number) {
  const totalAmount = amount ?? { amount: 1, currency: 'AED' };
  return {
    _input_charset: 'UTF-8',
    notify_id: `${now}0000000001`,
    notify_timestamp: now,
    acquireOrder: {
      merchantOrderNo: id,
      orderNo: `13${now}`,
      status: 'PAID_SUCCESS',
      product: 'Basic Payment Gateway',
      totalAmount,
      subject,
      expiredTime: expiresAt,
      requestTime: now - 60_000,
      paySceneCode: 'DYNQR',
      revoked: 'false',
      paymentInfo: { paidAmount: totalAmount, paidTime: now, payChannel: 'BALANCE' },
    },
  };
}

const base64 = (bytes: ArrayBuffer): string => btoa(String.fromCharCode(...new Uint8Array(bytes)));
