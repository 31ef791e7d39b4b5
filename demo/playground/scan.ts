/** What a phone makes of a picture: the text of the code in it, by its pixels alone. */

/** So long the reader tries again with more effort, ms. */
const patience = 300;

/** The text of the code in a picture; undefined when none can be read. */
export async function readCode(picture: ImageData): Promise<string | undefined> {
  // The reader weighs more than the shop: it is loaded with the first scan.
  const { decodeQR } = await import('qr/decode.js');
  try {
    return decodeQR(picture, { effort: Number.POSITIVE_INFINITY, timeLimit: patience });
  } catch {
    return undefined;
  }
}
