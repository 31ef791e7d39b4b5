/** RSA keys for tests, in every form a portal, a file or an environment variable may hand out. */
import { generateKeyPairSync } from 'node:crypto';

export interface TestKeys {
  /** PKCS#8, `BEGIN PRIVATE KEY`. */
  privatePem: string;
  /** PKCS#8 DER as bare Base64, without line ends. */
  privateBase64: string;
  /** SPKI, `BEGIN PUBLIC KEY`. */
  publicPem: string;
  /** SPKI DER as bare Base64, without line ends. */
  publicBase64: string;
  /** PKCS#1, `BEGIN RSA PRIVATE KEY`: a form the kit refuses. */
  privatePkcs1Pem: string;
  /** PKCS#1, `BEGIN RSA PUBLIC KEY`: a form the kit refuses. */
  publicPkcs1Pem: string;
  /** PKCS#8 with a passphrase, `BEGIN ENCRYPTED PRIVATE KEY`: a form the kit refuses. */
  encryptedPem: string;
}

/** A new 2048-bit pair. It takes a while: make one per test file, not one per test. */
export function makeKeys(): TestKeys {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const pem = { format: 'pem' } as const;
  const der = { format: 'der' } as const;
  const secret = { cipher: 'aes-256-cbc', passphrase: 'correct horse' };
  return {
    privatePem: String(privateKey.export({ type: 'pkcs8', ...pem })),
    privateBase64: privateKey.export({ type: 'pkcs8', ...der }).toString('base64'),
    publicPem: String(publicKey.export({ type: 'spki', ...pem })),
    publicBase64: publicKey.export({ type: 'spki', ...der }).toString('base64'),
    privatePkcs1Pem: String(privateKey.export({ type: 'pkcs1', ...pem })),
    publicPkcs1Pem: String(publicKey.export({ type: 'pkcs1', ...pem })),
    encryptedPem: String(privateKey.export({ type: 'pkcs8', ...pem, ...secret })),
  };
}
