/** Node's own crypto, where there is one: the kit runs without it as well. */
import type { Bytes } from '../bytes.ts';
import type { RsaKey } from './keys.ts';

export interface NodeCrypto {
  /** The KeyObject of a CryptoKey. */
  readonly KeyObject: { from(key: RsaKey): object };
  verify(algorithm: string, data: Bytes, key: object, signature: Bytes): boolean;
}

interface NodeGlobals {
  readonly process?: {
    getBuiltinModule?(name: 'node:crypto'): NodeCrypto | undefined;
  };
}

export const nodeCrypto: NodeCrypto | undefined = (
  globalThis as NodeGlobals
).process?.getBuiltinModule?.('node:crypto');
