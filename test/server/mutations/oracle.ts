/**
 * What must become of a letter, told apart from the kit's code: node:crypto for the signature, the orders
 * as they were asked for, and a table of what may follow what.
 */
import { createPublicKey, verify } from 'node:crypto';
import type { AnomalyCode, OrderRecord } from '../../../src/server/index.ts';
import { keys } from '../support/shop.ts';
import { bytesInBase64 } from './base64.ts';
import type { Bytes } from './letter.ts';
import { afterPayment } from './oracle-payment.ts';
import { afterRefund } from './oracle-refund.ts';
import { partnerId } from './scene.ts';

/** An order as the shop should know it. */
export interface Known {
  readonly id: string;
  readonly amount: number;
  readonly currency: string;
  readonly orderNo: string | undefined;
  readonly payeeMid: string | undefined;
  readonly status: OrderRecord['status'];
  readonly refunds: readonly { id: string; amount: number; status: string }[];
  /** Whether `onPaid` has to be called yet. */
  readonly isOwed?: boolean;
}

export type World = ReadonlyMap<string, Known>;

export interface Verdict {
  /** 200 for what must be taken; the one status of the refusal for everything else. */
  readonly status: number;
  /** How the refusal is reported; undefined for what is no notification at all, or taken. */
  readonly report?: AnomalyCode;
  /** The order as it must be afterwards, where it changes. */
  readonly order?: Known;
  /** The shop's callbacks that must be called, in this order. */
  readonly heard?: readonly string[];
}

export const worldOf = (records: readonly OrderRecord[]): World =>
  new Map(records.map((record) => [record.id, knownOf(record)]));

const knownOf = ({ id, amount, currency, orderNo, payeeMid, status, refunds }: OrderRecord) => ({
  id,
  amount: Number(amount),
  currency,
  orderNo,
  payeeMid,
  status,
  refunds: (refunds ?? []).map((one) => ({
    id: one.id,
    amount: Number(one.amount),
    status: one.status,
  })),
});

export const refused = (status: number, report: AnomalyCode = 'notification-refused'): Verdict => ({
  status,
  report,
});

const paybyPublic = createPublicKey(keys.payby.publicPem);

/** @param body the exact bytes that are posted */
export function judge(world: World, request: Request, body: Bytes): Verdict {
  const { pathname } = new URL(request.url);
  if (!/^\/api\/payby\/notify\/?$/.test(decodeURI(pathname))) return { status: 404 };
  if (request.method !== 'POST') return { status: 405 };
  const partner = request.headers.get('partner-id');
  if (partner !== null && partner !== partnerId) return refused(401);
  if (body.length > 256 * 1024) return refused(413);
  const signature = bytesInBase64(request.headers.get('sign'));
  if (!signature || !verify('RSA-SHA256', body, paybyPublic, signature)) return refused(401);
  const said = objectIn(body);
  if (said === undefined) return refused(400);
  const [order, refund] = [fieldOf(said, 'acquireOrder'), fieldOf(said, 'refundOrder')];
  if ((order === undefined) === (refund === undefined)) return refused(400);
  return refund === undefined ? afterPayment(world, order) : afterRefund(world, refund);
}

function objectIn(body: Bytes): object | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(body);
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** A field an object has itself; null is none. */
export function fieldOf(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
  return Object.getOwnPropertyDescriptor(value, name)?.value ?? undefined;
}

/** A field that is text with something in it. */
export function textOf(value: unknown, name: string): string | undefined {
  const text = fieldOf(value, name);
  return typeof text === 'string' && text.trim() !== '' ? text : undefined;
}

/** A sum PayBy can mean: whole fils, at most 12 digits of dirhams, and a currency. */
export function moneyOf(value: unknown, name: string) {
  const amount = fieldOf(fieldOf(value, name), 'amount');
  const currency = textOf(fieldOf(value, name), 'currency');
  if (typeof amount !== 'number' || !currency || !/^[A-Z]{3}$/.test(currency)) return undefined;
  const isSum = amount >= 0 && amount < 1e12 && Number(amount.toFixed(2)) === amount;
  return isSum ? { amount: Math.abs(amount), currency } : undefined;
}
