import { PaybyCheckout } from './element/payby-checkout.ts';

const tag = 'payby-checkout';

declare global {
  interface HTMLElementTagNameMap {
    'payby-checkout': PaybyCheckout;
  }
}

// A second copy of the script finds the tag taken and leaves it to the first.
const taken = customElements.get(tag);
if (!taken) customElements.define(tag, PaybyCheckout);
else if (taken !== PaybyCheckout) {
  import('./element/developer-part.ts')
    .then(({ tellTaken }) => tellTaken(taken, PaybyCheckout.version))
    .catch(() => {});
}
