/**
 * The same order with Adyen Web and its WeChat QR action, as its documentation has it for npm: the core, the
 * one method that is used, the style sheet. What `npm run bench:page` measures payby-checkout beside.
 */
import { AdyenCheckout, WeChat } from '@adyen/adyen-web';
import '@adyen/adyen-web/styles/adyen.css';

AdyenCheckout.register(WeChat);

/** Its servers' addresses, on the bench's own server. */
const server = (name: string) => new URL(`/test/${name}/`, location.href).href;

async function askForOrder(): Promise<{ action: never }> {
  const response = await fetch('/orders?for=adyen', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ paymentMethod: { type: 'wechatpayQR' }, reference: 'cart-42' }),
  });
  return response.json();
}

// Asked for while Adyen Web sets itself up, which is the best that a page can do.
const [checkout, { action }] = await Promise.all([
  AdyenCheckout({
    clientKey: 'test_BENCH0000000000000000000000000000',
    environment: 'test',
    _environmentUrls: {
      api: server('checkoutshopper'),
      analytics: server('checkoutanalytics'),
      cdn: { images: server('checkoutshopper'), translations: server('checkoutshopper') },
    },
    locale: 'en-US',
    countryCode: 'AE',
    amount: { value: 1234, currency: 'AED' },
  }),
  askForOrder(),
]);
checkout.createFromAction(action).mount('#stage');
