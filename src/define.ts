import { PaybyCheckout } from './element/payby-checkout.ts';

declare global {
  interface HTMLElementTagNameMap {
    'payby-checkout': PaybyCheckout;
  }
}

// A second copy of the script finds the tag taken and leaves it to the first.
if (!customElements.get('payby-checkout')) customElements.define('payby-checkout', PaybyCheckout);
