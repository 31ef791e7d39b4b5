/** Where the phone lies: beside the checkout, or in its dialog while one is open. */

/** Beside a modal dialog nothing can be pressed; the slot `footer` is in it. */
export function keepInReach(phone: HTMLElement, checkout: HTMLElement, stage: HTMLElement): void {
  const root = checkout.shadowRoot;
  if (!root) return;
  const place = () => {
    const isModal = root.querySelector('dialog[open]') !== null;
    const home = isModal ? checkout : stage;
    if (phone.parentElement === home) return;
    phone.slot = isModal ? 'footer' : '';
    home.append(phone);
  };
  new MutationObserver(place).observe(root, {
    subtree: true,
    childList: true,
    attributeFilter: ['open'],
  });
}
