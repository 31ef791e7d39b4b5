import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';

const wasm = fileURLToPath(import.meta.resolve('zxing-wasm/reader/zxing_reader.wasm'));
// Given here, or the package would fetch it from a CDN.
prepareZXingModule({ overrides: { wasmBinary: new Uint8Array(readFileSync(wasm)).buffer } });

/**
 * What ZXing reads in a picture (PNG bytes): every code in it. Light on dark is not looked for, as
 * many scanners do not either.
 */
export async function scanWithZxing(picture: Uint8Array): Promise<string[]> {
  const found = await readBarcodes(picture, { formats: ['QRCode'], tryInvert: false });
  return found.map(({ bytes }) => Buffer.from(bytes).toString('latin1'));
}
