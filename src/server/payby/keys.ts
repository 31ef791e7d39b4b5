/**
 * RSA keys as PayBy's portal hands them out: PEM, or the bare Base64 of its DER. No message in here
 * ever repeats a key's text.
 */
import { type Bytes, fromBase64 } from '../bytes.ts';

const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };

interface KeyForm {
  label: 'PRIVATE KEY' | 'PUBLIC KEY';
  name: string;
  /** How to get this form out of what was given, by the label of what was given. */
  conversions: Readonly<Record<string, string>>;
  conversion: string;
}

const toPkcs8 = 'openssl pkcs8 -topk8 -nocrypt -in key.pem -out private-key.pem';
const toSpki = 'openssl rsa -pubin -in key.pem -pubout -out public-key.pem';

const privateForm: KeyForm = {
  label: 'PRIVATE KEY',
  name: 'privateKey',
  conversions: { 'RSA PRIVATE KEY': toPkcs8, 'ENCRYPTED PRIVATE KEY': toPkcs8 },
  conversion: toPkcs8,
};

const publicForm: KeyForm = {
  label: 'PUBLIC KEY',
  name: 'paybyPublicKey',
  conversions: {
    'RSA PUBLIC KEY': 'openssl rsa -RSAPublicKey_in -in key.pem -pubout -out public-key.pem',
    CERTIFICATE: 'openssl x509 -in key.pem -pubkey -noout -out public-key.pem',
  },
  conversion: toSpki,
};

/** A key as text, checked and ready to be imported. */
export interface KeyMaterial {
  import(): Promise<CryptoKey>;
}

/**
 * The merchant's private key, which signs requests: PKCS#8 as PEM (`PRIVATE KEY`) or bare Base64 DER.
 * The shape of the text is checked at once, the key itself by `import()`.
 *
 * @throws TypeError naming the openssl command that converts another form
 */
export function privateKeyMaterial(text: string): KeyMaterial {
  const der = decode(text, privateForm);
  return {
    import: () =>
      imported(crypto.subtle.importKey('pkcs8', der, algorithm, false, ['sign']), privateForm),
  };
}

/**
 * PayBy's public key, which verifies answers and notifications: SPKI as PEM (`PUBLIC KEY`) or bare
 * Base64 DER.
 *
 * @throws TypeError naming the openssl command that converts another form
 */
export function publicKeyMaterial(text: string): KeyMaterial {
  const der = decode(text, publicForm);
  return {
    import: () =>
      imported(crypto.subtle.importKey('spki', der, algorithm, false, ['verify']), publicForm),
  };
}

/** A private key ready for {@link sign}; see {@link privateKeyMaterial} for the forms it may have. */
export const importPrivateKey = async (text: string): Promise<CryptoKey> =>
  privateKeyMaterial(text).import();

/** A public key ready for {@link verify}; see {@link publicKeyMaterial} for the forms it may have. */
export const importPublicKey = async (text: string): Promise<CryptoKey> =>
  publicKeyMaterial(text).import();

const pem = /-----BEGIN ([A-Z0-9 ]+)-----([\s\S]*?)-----END \1-----/;

function decode(text: unknown, form: KeyForm): Bytes {
  if (typeof text !== 'string' || text.trim() === '') {
    throw new TypeError(`${form.name} is missing; pass the key's PEM or Base64 text`);
  }
  // Environment variables often carry a PEM's line ends as the two characters \ and n.
  const armoured = pem.exec(text.replaceAll('\\n', '\n'));
  const label = armoured?.[1] ?? form.label;
  if (label !== form.label) throw wrongLabel(label, form);
  const der = fromBase64(armoured?.[2] ?? text);
  if (der === undefined || der.length === 0) {
    throw new TypeError(
      `${form.name} is neither PEM nor Base64; pass the whole text of the key file`,
    );
  }
  return der;
}

function wrongLabel(label: string, form: KeyForm): TypeError {
  const conversion = form.conversions[label];
  const wayOut = conversion
    ? `convert it: ${conversion}`
    : 'pass the other key of the pair, or the right file';
  return new TypeError(
    `${form.name} says "BEGIN ${label}", but "BEGIN ${form.label}" is needed; ${wayOut}`,
  );
}

/** WebCrypto's own error is left out on purpose: some runtimes quote their input. */
async function imported(key: Promise<CryptoKey>, form: KeyForm): Promise<CryptoKey> {
  try {
    return await key;
  } catch {
    throw new TypeError(
      `${form.name} is not an RSA key in the form "BEGIN ${form.label}"; convert it: ${form.conversion}`,
    );
  }
}
