/** RSA keys, and the signature PayBy puts on everything: Base64 of SHA256withRSA over exact bytes. */
import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
  verify,
} from 'node:crypto';
import { entryOf } from '../troubleshooting.ts';

export interface KeyPair {
  privateKey: KeyObject;
  publicKey: KeyObject;
}

export const newKeyPair = (): KeyPair => generateKeyPairSync('rsa', { modulusLength: 2048 });

/**
 * The pair that belongs to a private key, as PayBy's portal hands it out: PEM or bare Base64 PKCS#8.
 *
 * @param option the option's name, for the error message
 * @throws TypeError when `text` is no RSA private key
 */
export function readKeyPair(text: string, option: string): KeyPair {
  try {
    const privateKey = text.includes('-----BEGIN')
      ? createPrivateKey(text)
      : createPrivateKey({ key: Buffer.from(text, 'base64'), format: 'der', type: 'pkcs8' });
    if (privateKey.asymmetricKeyType === 'rsa') {
      return { privateKey, publicKey: createPublicKey(privateKey) };
    }
  } catch {
    // The cause may quote the key: it is not passed on.
  }
  throw new TypeError(
    `createSandbox: ${option} is not an RSA private key; give it as PKCS#8, PEM or bare Base64. See ${entryOf('createsandbox')}.`,
  );
}

export const privatePem = (key: KeyObject): string =>
  key.export({ type: 'pkcs8', format: 'pem' }).toString();

export const publicPem = (key: KeyObject): string =>
  key.export({ type: 'spki', format: 'pem' }).toString();

/** The value of the `sign` header for `bytes`. */
export const signBytes = (bytes: Uint8Array, key: KeyObject): string =>
  sign('RSA-SHA256', bytes, key).toString('base64');

/** Whether `signature` is the `sign` header of exactly these bytes; false for anything malformed. */
export const isSignedBy = (bytes: Uint8Array, signature: string, key: KeyObject): boolean =>
  /^[A-Za-z0-9+/]+={0,2}$/.test(signature) &&
  verify('RSA-SHA256', bytes, key, Buffer.from(signature, 'base64'));
