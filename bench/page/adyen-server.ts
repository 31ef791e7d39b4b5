/**
 * What Adyen's servers answer a page with Adyen Web, as short as it can be: its analytics, the picture of the
 * code, the status of the payment, a logo. On the shop's own origin, so without the preflight requests that
 * theirs would cost a page.
 */
import type { ServerResponse } from 'node:http';
import { PNG } from 'pngjs';
import encodeQR from 'qr';
import { writePicture } from '../../test/support/small-png.ts';
import { openOrder } from './orders.ts';

const logo =
  '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="26"><rect width="40" height="26" rx="4" fill="#07c160"/></svg>';
let picture: Buffer | undefined;

export function answerAdyen(pathname: string, response: ServerResponse): void {
  const answer = answerTo(pathname);
  if (answer) response.writeHead(200, { 'content-type': answer[0] }).end(answer[1]);
  else response.writeHead(204).end(); // analytics events
}

/** Its content type and body. */
function answerTo(pathname: string): [string, string | Buffer] | undefined {
  if (pathname.endsWith('/barcode.png')) {
    picture ??= drawCode(openOrder('').tokenUrl ?? '');
    return ['image/png', picture];
  }
  if (pathname.endsWith('.svg')) return ['image/svg+xml', logo];
  if (pathname.endsWith('/status'))
    return ['application/json', '{"type":"pending","resultCode":"pending","payload":""}'];
  if (pathname.endsWith('/analytics'))
    return ['application/json', '{"checkoutAttemptId":"bench-attempt"}'];
  return undefined;
}

/** Four pixels a module, quiet zone included. */
function drawCode(text: string): Buffer {
  const rows = encodeQR(text, 'raw', { ecc: 'medium', border: 4, scale: 4 });
  const png = new PNG({ width: rows.length, height: rows.length });
  for (const [at, isDark] of rows.flat().entries())
    png.data.writeUInt32BE(isDark ? 0x0000_00ff : 0xffff_ffff, at * 4);
  return writePicture(png);
}
