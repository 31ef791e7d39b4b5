/** For a script tag without modules: registers the element, and gives the page what it may need besides. */
import './define.ts';
import { registerMessages } from './element/language.ts';
import { PaybyCheckout } from './element/payby-checkout.ts';
import { CheckoutError } from './order/checkout-error.ts';

const api = { PaybyCheckout, CheckoutError, registerMessages };

declare global {
  interface Window {
    /** There with the classic script, and its only global. */
    paybyCheckout?: typeof api;
  }
}

// The wording that a page registers is of use to the copy that has the tag, and to no other.
if (customElements.get('payby-checkout') === PaybyCheckout) window.paybyCheckout = api;
