import { CheckoutRefusal, createCheckout, memoryStore, PaybyClient } from 'payby-checkout/server';

const { PAYBY_ENVIRONMENT, PAYBY_PARTNER_ID, PAYBY_PRIVATE_KEY, PAYBY_PUBLIC_KEY } = process.env;

const paid = new Set<string>(); // in place of the shop's own books

export const checkout = createCheckout({
  payby: new PaybyClient({
    environment: PAYBY_ENVIRONMENT ?? 'uat',
    partnerId: PAYBY_PARTNER_ID ?? '',
    privateKey: PAYBY_PRIVATE_KEY ?? '',
    paybyPublicKey: PAYBY_PUBLIC_KEY ?? '',
  }),
  store: memoryStore(),
  notifyUrl: process.env.PAYBY_NOTIFY_URL ?? 'https://shop.example/api/payby/notify',
  quote({ reference = '' }) {
    if (!paid.has(reference)) return { amount: '12.34', subject: `Cart ${reference}`, reference };
    throw new CheckoutRefusal({ status: 409, code: 'paid', message: 'This cart is paid already.' });
  },
  onPaid({ reference = '' }) {
    paid.add(reference);
    process.stdout.write(`paid: ${reference}\n`);
  },
  onAnomaly: ({ code, message, help }) => process.stderr.write(`${code}: ${message} See ${help}\n`),
});
