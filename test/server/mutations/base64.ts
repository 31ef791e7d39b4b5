/** Base64 as PayBy writes it, and in no other spelling. */

/** The bytes of a text in the one canonical form of Base64, or undefined. */
export function bytesInBase64(text: string | null): Buffer | undefined {
  if (!text) return undefined;
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64') === text ? bytes : undefined;
}
