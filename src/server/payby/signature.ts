/**
 * PayBy's signatures: Base64 of RSASSA-PKCS1-v1_5 with SHA-256 over the exact bytes of a body. Parse
 * nothing before it is verified, and never verify what was parsed and written again: `200.00` would
 * come back as `200`.
 */
import { type Bytes, fromBase64, toBase64, toUtf8 } from '../bytes.ts';
import type { RsaKey } from './keys.ts';
import { nodeCrypto } from './node-crypto.ts';

const algorithm = 'RSASSA-PKCS1-v1_5';

/**
 * The signature of `bytes`, for the `sign` header. It takes a quarter of a millisecond, on another thread:
 * other requests are served meanwhile, and a machine with more processors signs on all of them.
 */
export async function sign(bytes: Bytes, privateKey: RsaKey): Promise<string> {
  return toBase64(new Uint8Array(await crypto.subtle.sign(algorithm, privateKey, bytes)));
}

/**
 * Whether `signature` is that of `bytes`, in the one spelling Base64 has for it: without white space, with
 * its padding. A missing or unreadable signature is simply not one.
 */
export async function verify(
  bytes: Bytes,
  signature: string | null | undefined,
  publicKey: RsaKey,
): Promise<boolean> {
  const decoded = signature ? fromBase64(signature) : undefined;
  if (decoded === undefined || toBase64(decoded) !== signature) return false;
  return check(bytes, decoded, publicKey);
}

/**
 * Checking takes a tenth of signing, less than the way to another thread and back, so Node does it here,
 * for the keys it has.
 */
function check(bytes: Bytes, signature: Bytes, key: RsaKey): boolean | Promise<boolean> {
  const nodeKey = nodeKeyOf(key);
  return nodeCrypto && nodeKey
    ? nodeCrypto.verify('RSA-SHA256', bytes, nodeKey, signature)
    : crypto.subtle.verify(algorithm, key, signature, bytes);
}

/** Node asks no key what it is for, and takes none that may not be exported: such are left to WebCrypto. */
function nodeKeyOf(key: RsaKey): object | undefined {
  const { name, hash }: { name: string; hash?: { name?: string } } = key.algorithm;
  const isOurs = key.type === 'public' && name === algorithm && hash?.name === 'SHA-256';
  if (!nodeCrypto || !key.extractable || !isOurs) return undefined;
  try {
    return nodeCrypto.KeyObject.from(key);
  } catch {
    return undefined; // a runtime that only looks like Node
  }
}

/** A notification as PayBy would post it. */
export interface SignedNotification {
  body: string;
  headers: Record<string, string>;
}

/**
 * Signs a notification the way PayBy does, for tests of a shop's own code:
 * `checkout.fetch(new Request(notifyUrl, { method: 'POST', ...(await signTestNotification(…)) }))`.
 *
 * @param notification the body; text is signed as it is, anything else is written as JSON first
 * @param paybyPrivateKey the private half of the test key given to the client as `paybyPublicKey`
 */
export async function signTestNotification(
  notification: unknown,
  paybyPrivateKey: RsaKey,
): Promise<SignedNotification> {
  const body = typeof notification === 'string' ? notification : JSON.stringify(notification);
  const signature = await sign(toUtf8(body), paybyPrivateKey);
  return { body, headers: { 'content-type': 'application/json', sign: signature } };
}
