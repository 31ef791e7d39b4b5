/**
 * RSA keys as PayBy's portal hands them out: PEM, or the bare Base64 of its DER. No message in here
 * ever repeats a key's text.
 */
import { entryOf } from '../../troubleshooting.ts';
import { type Bytes, fromBase64 } from '../bytes.ts';
import { isEllipticCurve, labelOf } from './key-form.ts';

const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };

interface KeyForm {
  label: 'PRIVATE KEY' | 'PUBLIC KEY';
  name: string;
  file: string;
  /** The openssl command that makes this form of another one, by the other one's label. */
  conversions: Readonly<Record<string, string>>;
}

const toPkcs8 = 'openssl pkcs8 -topk8 -nocrypt';

const privateForm: KeyForm = {
  label: 'PRIVATE KEY',
  name: 'privateKey',
  file: 'private-key.pem',
  conversions: { 'RSA PRIVATE KEY': toPkcs8, 'ENCRYPTED PRIVATE KEY': toPkcs8 },
};

const publicForm: KeyForm = {
  label: 'PUBLIC KEY',
  name: 'paybyPublicKey',
  file: 'public-key.pem',
  conversions: {
    'RSA PUBLIC KEY': 'openssl rsa -RSAPublicKey_in -pubout',
    CERTIFICATE: 'openssl x509 -pubkey -noout',
  },
};

/** WebCrypto's key: a type that has no global name without the DOM's types. */
export type RsaKey = Awaited<ReturnType<typeof crypto.subtle.importKey>>;

/** A key as text, checked and ready to be imported. */
export interface KeyMaterial {
  import(): Promise<RsaKey>;
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
      imported(crypto.subtle.importKey('spki', der, algorithm, true, ['verify']), publicForm),
  };
}

/** A private key ready for {@link sign}; see {@link privateKeyMaterial} for the forms it may have. */
export const importPrivateKey = async (text: string): Promise<RsaKey> =>
  privateKeyMaterial(text).import();

/** A public key ready for {@link verify}; see {@link publicKeyMaterial} for the forms it may have. */
export const importPublicKey = async (text: string): Promise<RsaKey> =>
  publicKeyMaterial(text).import();

const pem = /-----BEGIN ([A-Z0-9 ]+)-----([\s\S]*?)-----END \1-----/;

function decode(text: unknown, form: KeyForm): Bytes {
  if (typeof text !== 'string' || text.trim() === '') {
    throw unusable(`${form.name} is missing; pass the key's PEM or Base64 text`);
  }
  // Environment variables often carry a PEM's line ends as the two characters \ and n.
  const armoured = pem.exec(text.replaceAll('\\n', '\n'));
  const pemToPem = (command: string) => `${command} -in key.pem`;
  if (armoured) checkLabel(armoured[1], form, pemToPem);
  const der = fromBase64(armoured?.[2] ?? text);
  if (der === undefined || der.length === 0) {
    throw unusable(`${form.name} is neither PEM nor Base64; pass the whole text of the key file`);
  }
  const bareToPem = (command: string) =>
    `openssl base64 -d -A -in key.txt | ${command} -inform DER`;
  checkLabel(labelOf(der), form, bareToPem);
  if (isEllipticCurve(der)) throw notRsa(form, 'an elliptic-curve key');
  return der;
}

function checkLabel(
  label: string | undefined,
  form: KeyForm,
  reading: (command: string) => string,
): void {
  if (label === undefined || label === form.label) return;
  if (/\bEC\b/.test(label)) throw notRsa(form, `"BEGIN ${label}"`);
  const command = form.conversions[label];
  const wayOut = command
    ? `convert it: ${reading(command)} -out ${form.file}`
    : 'pass the other key of the pair, or the right file';
  throw unusable(
    `${form.name} is "BEGIN ${label}", but "BEGIN ${form.label}" is needed; ${wayOut}`,
  );
}

const notRsa = ({ name }: KeyForm, what: string): TypeError =>
  unusable(`${name} is ${what}, but PayBy's keys are RSA; pass the right file`);

/** WebCrypto's own error is left out on purpose: some runtimes quote their input. */
async function imported(key: Promise<RsaKey>, { name, label }: KeyForm): Promise<RsaKey> {
  try {
    return await key;
  } catch {
    throw unusable(
      `${name} is not an RSA key in the form "BEGIN ${label}"; pass the whole text of the key file`,
    );
  }
}

const unusable = (message: string): TypeError =>
  new TypeError(`${message}\nSee ${entryOf('keys')}`);
