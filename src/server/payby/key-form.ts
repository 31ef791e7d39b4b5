/**
 * Which form a key's DER has, by its first few fields, named as its PEM would be labelled. Enough to
 * tell people what they passed; whether it is a sound key, WebCrypto says.
 */
import type { Bytes } from '../bytes.ts';

export type KeyLabel =
  | 'PRIVATE KEY'
  | 'ENCRYPTED PRIVATE KEY'
  | 'RSA PRIVATE KEY'
  | 'EC PRIVATE KEY'
  | 'PUBLIC KEY'
  | 'RSA PUBLIC KEY'
  | 'CERTIFICATE';

const integer = 0x02;
const bitString = 0x03;
const octetString = 0x04;
const sequence = 0x30;

/** undefined for what is none of them. */
export function labelOf(der: Bytes): KeyLabel | undefined {
  const outer = fieldAt(der, 0);
  if (outer?.tag !== sequence) return undefined;
  const first = fieldAt(der, outer.start);
  const second = first && fieldAt(der, first.end);
  if (first?.tag === integer) return labelOfNumbered(der, first, second?.tag);
  if (first?.tag !== sequence) return undefined;
  if (second?.tag === bitString) return 'PUBLIC KEY';
  if (second?.tag === octetString) return 'ENCRYPTED PRIVATE KEY';
  return second?.tag === sequence ? 'CERTIFICATE' : undefined;
}

/** Private keys begin with their version, a single byte; an RSA public key with its long modulus. */
function labelOfNumbered(der: Bytes, first: Field, second = 0): KeyLabel | undefined {
  if (second === sequence) return 'PRIVATE KEY';
  if (second === octetString) return 'EC PRIVATE KEY';
  if (second !== integer) return undefined;
  return first.end - first.start === 1 && der[first.start] === 0
    ? 'RSA PRIVATE KEY'
    : 'RSA PUBLIC KEY';
}

const ecPublicKey = '2a8648ce3d0201';

/** Whether a `PRIVATE KEY` or `PUBLIC KEY` says that it is one of an elliptic curve. */
export function isEllipticCurve(der: Bytes): boolean {
  const start = Array.from(der.subarray(0, 40), (byte) => byte.toString(16).padStart(2, '0'));
  return start.join('').includes(ecPublicKey);
}

interface Field {
  tag: number;
  /** Where its content lies. */
  start: number;
  end: number;
}

/** A DER field: its tag, the length of its content (of up to three bytes), its content. */
function fieldAt(der: Bytes, at: number): Field | undefined {
  const [tag, length] = der.subarray(at, at + 2);
  if (tag === undefined || length === undefined) return undefined;
  const more = length < 0x80 ? 0 : length - 0x80;
  if (more > 3 || at + 2 + more > der.length) return undefined;
  const size =
    more === 0
      ? length
      : der.subarray(at + 2, at + 2 + more).reduce((sum, byte) => sum * 256 + byte, 0);
  const start = at + 2 + more;
  return { tag, start, end: start + size };
}
