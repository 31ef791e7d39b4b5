/** What the API answers, before it is written and signed. */
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { Refusal } from '../wire/return-codes.ts';

/** Makes the `sign` header out of the bytes that are sent. */
type Signature = (bytes: Uint8Array, sign: (bytes: Uint8Array) => string) => { sign?: string };

export interface Reply {
  head: { applyStatus: 'SUCCESS' | 'FAIL' | 'ERROR'; code: string; msg: string };
  body?: Record<string, unknown>;
  /** The HTTP status. */
  status: ContentfulStatusCode;
  /** How it is signed, when not as it should be. */
  signature?: Signature;
  /** Only the first half of it is sent. */
  cut?: boolean;
}

export const success = (body: Record<string, unknown>): Reply => ({
  head: { applyStatus: 'SUCCESS', code: '0', msg: 'SUCCESS' },
  body,
  status: 200,
});

export const refusal = (
  { applyStatus, code, message }: Refusal,
  status: ContentfulStatusCode = 200,
): Reply => ({ head: { applyStatus, code, msg: message }, status });
