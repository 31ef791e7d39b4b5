/** The shop's side of the page: a cart, and what the shop's books say of it. */
import type { PaybyCheckout } from 'payby-checkout';
import { dirhams, menu } from '../menu.ts';
import { find } from './find.ts';

/** A cart as the tab keeps it over a reload. */
interface Cart {
  reference: string;
  counts: Map<string, number>;
}

export interface CartListener {
  /** The customer is about to change what is bought: whatever is on screen is for another cart. */
  onTouched(): void;
  /** There is another cart, or other things in it. */
  onChange(): void;
}

export function setUpCart(checkout: PaybyCheckout, { onTouched, onChange }: CartListener) {
  const kept = readKept();
  let cart = kept ?? newCart();

  const isPaid = () => !find('books').hidden;

  /** Another cart is another price: the order on screen is withdrawn first. */
  async function change(id: string, by: number): Promise<void> {
    onTouched();
    await checkout.cancel();
    if (checkout.state.phase === 'paid') return;
    cart.counts.set(id, Math.min(9, Math.max(0, (cart.counts.get(id) ?? 0) + by)));
    checkout.reset();
    show();
  }

  function replace(): void {
    onTouched();
    cart = newCart();
    for (const id of ['books', 'new-cart']) find(id).hidden = true;
    checkout.reset();
    show();
  }

  function show(): void {
    find('reference').textContent = cart.reference;
    find('items').replaceChildren(...menu.map(itemOf));
    keep(cart);
    onChange();
  }

  function itemOf({ id, name, fils }: (typeof menu)[number]): HTMLLIElement {
    const item = document.createElement('li');
    const price = document.createElement('small');
    price.textContent = `AED ${dirhams(fils)}`;
    item.append(name, stepper(id, name), price);
    return item;
  }

  function stepper(id: string, name: string): HTMLElement {
    const box = document.createElement('span');
    box.className = 'quantity';
    const count = document.createElement('output');
    count.textContent = String(cart.counts.get(id));
    const button = (label: string, by: number, title: string) => {
      const control = document.createElement('button');
      control.type = 'button';
      control.textContent = label;
      control.setAttribute('aria-label', `${title} ${name}`);
      control.disabled = isPaid();
      control.addEventListener('click', () => void change(id, by));
      return control;
    };
    box.append(button('−', -1, 'Less'), count, button('+', 1, 'More'));
    return box;
  }

  /** The receipt is the shop’s own word, not the page’s. */
  async function showBooks(): Promise<void> {
    for (const id of ['books', 'new-cart']) find(id).hidden = false;
    show();
    try {
      const amount = await readBooks(cart.reference);
      find('books').textContent = amount
        ? `The shop’s books say: AED ${amount} received.`
        : 'The shop’s books do not have this payment yet.';
    } catch {
      find('books').textContent = 'The shop’s books cannot be read just now.';
    }
  }

  find('new-cart').addEventListener('click', replace);
  // Before a reload the cart may have been paid.
  if (kept) {
    void readBooks(kept.reference)
      .catch(() => undefined)
      .then((amount) => (amount ? showBooks() : undefined));
  }
  return {
    show,
    showBooks,
    get reference() {
      return cart.reference;
    },
    /** What the page tells the server of the cart: how many of what, never a price. */
    get details() {
      return { items: Object.fromEntries(cart.counts) };
    },
  };
}

/** What the shop has received for a cart; undefined for nothing. */
async function readBooks(reference: string): Promise<string | undefined> {
  const response = await fetch(`/api/shop/carts/${encodeURIComponent(reference)}`);
  const { paid } = await response.json();
  return paid?.amount;
}

const storageKey = 'corner-cafe:cart';

function keep({ reference, counts }: Cart): void {
  try {
    sessionStorage.setItem(storageKey, JSON.stringify({ reference, counts: [...counts] }));
  } catch {
    // A tab without storage has a new cart after a reload.
  }
}

function readKept(): Cart | undefined {
  try {
    const { reference, counts } = JSON.parse(sessionStorage.getItem(storageKey) ?? '');
    return { reference, counts: new Map(counts) };
  } catch {
    return undefined;
  }
}

function newCart(): Cart {
  const bytes = crypto.getRandomValues(new Uint8Array(4));
  const word = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return {
    reference: `cart-${word}`,
    counts: new Map(menu.map(({ id }, index) => [id, index === 0 ? 2 : 0])),
  };
}
