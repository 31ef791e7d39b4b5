import type { Order, OrderStatus } from '../../src/protocol.ts';

/** An order as a backend answers it; the link is as long as PayBy's are. */
export const openOrder = (id: string, status: OrderStatus = 'pending'): Order => ({
  id,
  status,
  tokenUrl: `https://qr.payby.com/?BIZ_TYPE=202&ft=7ac14d5d372a459fbe948e83fcaae0cb&t=1765054600668`,
  amount: { amount: 12.34, currency: 'AED' },
  subject: 'Cart 42',
  subjectAr: 'سلة المشتريات ٤٢',
  expiresAt: Date.now() + 754_000,
  now: Date.now(),
  ...(status === 'scanned' && { payer: { mobileNumberMask: '+971-58*****92' } }),
});
