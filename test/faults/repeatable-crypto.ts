/**
 * A `crypto` that does the same every time: signatures without threads, for Node's finish in any order, and
 * names by a seed, for orders are looked at by their names. The mathematics are the same.
 */
import { createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import { keys } from '../server/support/shop.ts';
import { randomFrom } from './random.ts';

/** Replaces these of the global `crypto` in this process, for the keys of its tests. */
export function useRepeatableCrypto(): { startAt(seed: number): void } {
  const own = createPrivateKey(keys.merchant.privatePem);
  const payby = createPublicKey(keys.payby.publicPem);
  replace('sign', async (_: unknown, __: unknown, data: Uint8Array) => {
    const signature = sign('RSA-SHA256', data, own);
    return new Uint8Array(signature).buffer;
  });
  replace('verify', async (_: unknown, __: unknown, signature: Uint8Array, data: Uint8Array) =>
    verify('RSA-SHA256', data, payby, signature),
  );
  let random = randomFrom(0);
  const getRandomValues = (bytes: Uint8Array) => bytes.map(() => random.below(256));
  Object.defineProperty(crypto, 'getRandomValues', { value: getRandomValues });
  return {
    startAt(seed) {
      random = randomFrom(seed);
    },
  };
}

const replace = (name: 'sign' | 'verify', value: unknown): unknown =>
  Object.defineProperty(crypto.subtle, name, { value });
