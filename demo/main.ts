/** The shop page: a cart on one side, the checkout on the other, and a log of its events. */
import type { PaybyCheckout } from 'payby-checkout';
import 'payby-checkout';
import { dirhams, menu } from './menu.ts';

const find = <T extends HTMLElement>(id: string): T => {
  const element = document.getElementById(id);
  if (!element) throw new Error(`The demo page lacks #${id}.`);
  return element as T;
};

const checkout = find<PaybyCheckout>('checkout');
const cart = new Map(menu.map(({ id }, index) => [id, index === 0 ? 2 : 0]));

function newCart(): void {
  const bytes = crypto.getRandomValues(new Uint8Array(4));
  const reference = `cart-${Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')}`;
  find('reference').textContent = reference;
  for (const id of ['books', 'new-cart', 'wallet']) find(id).hidden = true;
  checkout.reset();
  checkout.reference = reference;
  showItems();
}

/** Another cart is another price: the order on screen is withdrawn first. */
async function change(id: string, by: number): Promise<void> {
  await checkout.cancel();
  if (checkout.state.phase === 'paid') return;
  cart.set(id, Math.min(9, Math.max(0, (cart.get(id) ?? 0) + by)));
  checkout.reset();
  showItems();
}

function showItems(): void {
  checkout.details = { items: Object.fromEntries(cart) };
  find('items').replaceChildren(
    ...menu.map(({ id, name, fils }) => {
      const item = document.createElement('li');
      const price = document.createElement('small');
      price.textContent = `AED ${dirhams(fils)}`;
      item.append(name, stepper(id, name), price);
      return item;
    }),
  );
}

function stepper(id: string, name: string): HTMLElement {
  const box = document.createElement('span');
  box.className = 'quantity';
  const count = document.createElement('output');
  count.textContent = String(cart.get(id));
  const button = (label: string, by: number, title: string) => {
    const control = document.createElement('button');
    control.type = 'button';
    control.textContent = label;
    control.setAttribute('aria-label', `${title} ${name}`);
    control.disabled = checkout.state.phase === 'paid';
    control.addEventListener('click', () => void change(id, by));
    return control;
  };
  box.append(button('−', -1, 'Less'), count, button('+', 1, 'More'));
  return box;
}

function log(name: string, detail: string): void {
  const entry = document.createElement('li');
  const time = document.createElement('time');
  time.textContent = new Date().toLocaleTimeString('en', { hour12: false });
  const text = document.createElement('span');
  text.textContent = detail ? `${name}: ${detail}` : name;
  entry.append(time, text);
  find('log').prepend(entry);
}

/** The receipt is the shop's own word, not the page's. */
async function showBooks(): Promise<void> {
  showItems();
  for (const id of ['books', 'new-cart']) find(id).hidden = false;
  try {
    const response = await fetch(`/api/shop/carts/${encodeURIComponent(checkout.reference)}`);
    const { paid } = await response.json();
    find('books').textContent = paid
      ? `The shop's books say: AED ${paid.amount} received.`
      : "The shop's books do not have this payment yet.";
  } catch {
    find('books').textContent = "The shop's books cannot be read just now.";
  }
}

checkout.addEventListener('payby-order', ({ order }) => {
  log('payby-order', order.id);
  const host = order.tokenUrl && new URL(order.tokenUrl).hostname;
  if (!order.tokenUrl || !/^(localhost|127\.0\.0\.1)$/.test(host ?? '')) return;
  find<HTMLAnchorElement>('wallet-link').href = order.tokenUrl;
  find('wallet').hidden = false;
});
checkout.addEventListener('payby-change', ({ state, previous }) => {
  log('payby-change', `${previous.phase} → ${state.phase}`);
  if (state.phase !== 'awaiting' && state.phase !== 'scanned') find('wallet').hidden = true;
});
checkout.addEventListener('payby-redirect', ({ url }) => log('payby-redirect', url));
checkout.addEventListener('payby-error', ({ code, message }) =>
  log('payby-error', `${code}, ${message}`),
);
for (const name of ['payby-scanned', 'payby-failed', 'payby-expired', 'payby-cancelled'] as const) {
  checkout.addEventListener(name, () => log(name, ''));
}
checkout.addEventListener('payby-paid', ({ order }) => {
  log('payby-paid', order.id);
  void showBooks();
});
find('new-cart').addEventListener('click', newCart);

newCart();
