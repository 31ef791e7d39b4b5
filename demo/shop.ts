/** The shop behind the demo page: what a cart costs, and which carts are paid. */
import {
  CheckoutRefusal,
  type OrderRecord,
  type QuoteRequest,
  type QuoteResult,
} from 'payby-checkout/server';
import { dirhams, menu } from './menu.ts';

/** A payment in the shop's books. */
export interface Payment {
  orderId: string;
  /** Decimal dirhams, "12.34". */
  amount: string;
}

export class Shop {
  readonly #payments = new Map<string, Payment>();
  readonly #surplus: Payment[] = [];

  readonly #onSurplus: (reference: string, payment: Payment) => void;

  /** @param onSurplus hears of a payment for a cart that was paid before */
  constructor(onSurplus: (reference: string, payment: Payment) => void = () => {}) {
    this.#onSurplus = onSurplus;
  }

  /** Adds up what the page wants, at the shop's own prices. */
  readonly quote = ({ reference, details }: QuoteRequest): QuoteResult => {
    if (!reference) throw refusal('cart-missing', 'Which cart is to be paid?');
    if (this.#payments.has(reference)) throw refusal('cart-paid', 'This cart is paid already.');
    // A page that says nothing of a cart gets the one that a new page of this shop starts with.
    const counts = readItems(details ?? { items: { [menu[0]?.id ?? '']: 2 } });
    const fils = menu.reduce((sum, dish) => sum + dish.fils * (counts.get(dish.id) ?? 0), 0);
    if (fils === 0) throw refusal('cart-empty', 'There is nothing in the cart.');
    return { amount: dirhams(fils), subject: `Corner Café, ${reference}`, reference };
  };

  /** Books a payment; the same one again changes nothing, and a second one for its cart is surplus. */
  readonly onPaid = ({ reference, id, amount }: OrderRecord): void => {
    if (!reference) return;
    const payment = { orderId: id, amount };
    const first = this.#payments.get(reference) ?? payment;
    this.#payments.set(reference, first);
    if (first.orderId === id || this.#surplus.some(({ orderId }) => orderId === id)) return;
    this.#surplus.push(payment);
    this.#onSurplus(reference, payment);
  };

  payment(reference: string): Payment | undefined {
    return this.#payments.get(reference);
  }

  /** Payments for carts that were paid before: money to give back. */
  get surplus(): readonly Payment[] {
    return this.#surplus;
  }
}

/** Counts by dish, 0 to 9 each, out of whatever the page has sent. */
function readItems(details: unknown): Map<string, number> {
  const items =
    typeof details === 'object' && details !== null && 'items' in details ? details.items : {};
  const counts = Object.entries(typeof items === 'object' && items !== null ? items : {});
  const valid = counts.filter(([, count]) => Number.isInteger(count) && count >= 0 && count <= 9);
  if (valid.length < counts.length) throw refusal('cart-invalid', 'The cart cannot be read.');
  return new Map(valid);
}

const refusal = (code: string, message: string) =>
  new CheckoutRefusal({ status: 422, code, message });
