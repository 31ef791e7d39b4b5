/** Bytes and text: what the kit signs, verifies and reads is bytes, and stays bytes until it is trusted. */

export type Bytes = Uint8Array<ArrayBuffer>;

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true });

export const toUtf8 = (text: string): Bytes => encoder.encode(text);

/** The text of `bytes`; throws a TypeError when they are not UTF-8. */
export const fromUtf8 = (bytes: Bytes): string => decoder.decode(bytes);

export function toBase64(bytes: Bytes): string {
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary);
}

/** The bytes of a Base64 text, white space ignored, or undefined when it is not Base64. */
export function fromBase64(text: string): Bytes | undefined {
  const binary = unlessInvalid(text);
  if (binary === undefined) return undefined;
  const bytes = new Uint8Array(binary.length);
  for (let at = 0; at < bytes.length; at += 1) bytes[at] = binary.charCodeAt(at);
  return bytes;
}

function unlessInvalid(base64: string): string | undefined {
  try {
    return atob(base64);
  } catch {
    return undefined;
  }
}

/** Crockford's alphabet: 32 signs that people can read out to each other. */
const signs = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** 130 random bits in 26 letters and digits: nobody guesses it, and a customer can read it out. */
export function randomName(): string {
  let name = '';
  for (const byte of crypto.getRandomValues(new Uint8Array(26))) name += signs[byte % 32];
  return name;
}

/**
 * Everything a body says, or undefined as soon as it says more than `limit` bytes. A body's declared
 * length is not believed.
 */
export async function readAtMost(
  body: ReadableStream<Uint8Array> | null,
  limit: number,
): Promise<Bytes | undefined> {
  if (body === null) return new Uint8Array(0);
  const reader = body.getReader();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    size += value.byteLength;
    if (size > limit) {
      // The sender is not waited for: a cancel that hangs or fails changes nothing here.
      reader.cancel().catch(() => {});
      return undefined;
    }
    chunks.push(value);
  }
  return concat(chunks, size);
}

function concat(chunks: readonly Uint8Array[], size: number): Bytes {
  const whole = new Uint8Array(size);
  let offset = 0;
  for (const chunk of chunks) {
    whole.set(chunk, offset);
    offset += chunk.byteLength;
  }
  return whole;
}
