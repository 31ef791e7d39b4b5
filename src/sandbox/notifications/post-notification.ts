import * as v from 'valibot';
import { notifyTime } from '../time/time.ts';
import type { NotificationContent } from './notifier.ts';

export interface Posting {
  url: string;
  notifyId: string;
  content: NotificationContent;
  /** When this attempt is made, epoch ms. */
  now: number;
  /** The `sign` header for these bytes. */
  sign: (body: Uint8Array) => string;
  fetch: typeof fetch;
  signal: AbortSignal;
}

const success = v.looseObject({ response: v.literal('SUCCESS') });

/**
 * One attempt to deliver a notification.
 *
 * @returns `accepted`, or in a few words what was wrong with the answer; rejects without one
 */
export async function postNotification(posting: Posting): Promise<string> {
  const { url, notifyId, content, now, sign, signal } = posting;
  const body = encode({ ...content, ...stamp(notifyId, now) });
  const response = await posting.fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', sign: sign(body) },
    body,
    redirect: 'manual',
    signal,
  });
  if (response.status !== 200) {
    await response.body?.cancel();
    return `answered ${response.status} instead of 200`;
  }
  const text = await response.text();
  if (isSuccess(text)) return 'accepted';
  return `answered ${JSON.stringify(text.slice(0, 80))} instead of {"response":"SUCCESS"}`;
}

const numbers = v.looseObject({
  merchantOrderNo: v.optional(v.string()),
  refundMerchantOrderNo: v.optional(v.string()),
  originMerchantOrderNo: v.optional(v.string()),
});

const contents = v.looseObject({
  acquireOrder: v.optional(numbers, {}),
  refundOrder: v.optional(numbers, {}),
});

/** What `content` is about, by the merchant's numbers: first its own, then that of a refund's order. */
export function subjectsOf(content: NotificationContent): string[] {
  const { acquireOrder, refundOrder } = v.parse(contents, content);
  return [
    refundOrder.refundMerchantOrderNo,
    acquireOrder.merchantOrderNo,
    refundOrder.originMerchantOrderNo,
  ].filter((number) => number !== undefined);
}

/** The id stays the same over all attempts, the time is each attempt's own. */
const stamp = (id: string, now: number) => ({
  notify_id: id,
  notify_time: notifyTime(now),
  notify_timestamp: now,
});

const encode = (content: Record<string, unknown>) =>
  new TextEncoder().encode(JSON.stringify({ _input_charset: 'UTF-8', ...content }));

function isSuccess(text: string): boolean {
  try {
    return v.is(success, JSON.parse(text));
  } catch {
    return false;
  }
}
