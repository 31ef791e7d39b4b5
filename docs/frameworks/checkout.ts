import { createCheckout, memoryStore, PaybyClient } from 'payby-checkout/server';

const { PAYBY_ENVIRONMENT, PAYBY_PARTNER_ID, PAYBY_PRIVATE_KEY, PAYBY_PUBLIC_KEY } = process.env;

export const checkout = createCheckout({
  payby: new PaybyClient({
    environment: PAYBY_ENVIRONMENT ?? 'uat',
    partnerId: PAYBY_PARTNER_ID ?? '',
    privateKey: PAYBY_PRIVATE_KEY ?? '',
    paybyPublicKey: PAYBY_PUBLIC_KEY ?? '',
  }),
  store: memoryStore(),
  notifyUrl: process.env.PAYBY_NOTIFY_URL ?? 'https://shop.example/api/payby/notify',
  quote: ({ reference = '' }) => ({ amount: '12.34', subject: `Cart ${reference}`, reference }),
  onPaid: (order) => process.stdout.write(`paid: ${order.reference}\n`),
  onAnomaly: ({ code, message }) => process.stderr.write(`${code}: ${message}\n`),
});
