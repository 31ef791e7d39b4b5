/** Which orders get a deep link into the app in place of a QR code. */
import type { EWalletOptions } from '../context.ts';
import type { OrderRecord } from '../stores/order-store.ts';

/** The way into the app for whoever sent `request`, or undefined for a QR code. */
export function eWalletOf(
  options: EWalletOptions | undefined,
  request: Request,
): OrderRecord['eWallet'] {
  if (options === undefined) return undefined;
  const { redirectUrl, osOf = osOfBrowser } = options;
  const osType = osOf(request);
  return osType && { osType, redirectUrl };
}

/**
 * The system of a phone's browser, by its user agent; undefined for anything else, and inside the BOTIM
 * and PayBy apps, which open a code's own link.
 */
function osOfBrowser(request: Request): 'IOS' | 'ANDROID' | undefined {
  const agent = request.headers.get('user-agent') ?? '';
  if (/payby|botim/i.test(agent)) return undefined;
  if (/iPhone|iPod/.test(agent)) return 'IOS';
  return /Android.*Mobile/.test(agent) ? 'ANDROID' : undefined;
}
