import { Register } from '../register.ts';
import { atTime, type SandboxOrder } from './order.ts';
import { type Token, TokenBook } from './token-book.ts';

export interface BookRules {
  /** Epoch ms. */
  now: () => number;
  /** How long after its payment an order is settled, ms. */
  settleAfter: number;
  /** Above so many orders it forgets the oldest that are over. */
  most: number;
  /** Lets go of what depends on an order that is about to be forgotten; false keeps the order. */
  letGo: (order: SandboxOrder) => boolean;
}

/**
 * Keeps the orders and their tokens, in memory. Whatever is read has first been brought up to the
 * present time. An order that may still be paid is never forgotten.
 */
export class OrderBook {
  readonly #rules: BookRules;
  readonly #tokens: TokenBook;
  readonly #orders = new Register<SandboxOrder>({
    prefix: '13',
    merchantNo: ({ terms }) => terms.merchantOrderNo,
  });
  /** At this number of orders it looks for some to forget. */
  #full: number;

  constructor(rules: BookRules) {
    this.#rules = rules;
    this.#tokens = new TokenBook(rules.now);
    this.#full = rules.most;
  }

  nextOrderNo(requestTime: number): string {
    return this.#orders.nextOrderNo(requestTime);
  }

  /** Keeps an order, new or changed. */
  save(order: SandboxOrder): SandboxOrder {
    this.#orders.save(order);
    if (this.#orders.size > this.#full) this.#forgetOldest();
    return order;
  }

  byOrderNo(orderNo: string): SandboxOrder | undefined {
    const order = this.#orders.byOrderNo(orderNo);
    return order && this.#present(order);
  }

  byMerchantOrderNo(merchantOrderNo: string): SandboxOrder | undefined {
    const order = this.#orders.byMerchantNo(merchantOrderNo);
    return order && this.#present(order);
  }

  /** The order's token: the latest one, or a fresh one where that has lapsed. */
  tokenFor({ orderNo }: SandboxOrder): Token {
    return this.#tokens.tokenFor(orderNo);
  }

  token(ft: string): Token | undefined {
    return this.#tokens.token(ft);
  }

  hasLapsed(token: Token): boolean {
    return this.#tokens.hasLapsed(token);
  }

  /** Lets the order's present code lapse before its time. */
  lapse({ orderNo }: SandboxOrder): void {
    this.#tokens.lapse(orderNo);
  }

  /** All orders, up to the present time, in the order they were placed. */
  all(): SandboxOrder[] {
    return [...this.#orders.all()].map((order) => this.#present(order));
  }

  #present(order: SandboxOrder): SandboxOrder {
    const { now, settleAfter } = this.#rules;
    return this.#orders.save(atTime(order, now(), settleAfter));
  }

  /** Where most orders are open, it does not look at all of them again for each new one. */
  #forgetOldest(): void {
    const { most, letGo } = this.#rules;
    for (const order of this.all()) {
      if (this.#orders.size <= most) break;
      if (order.state.status === 'CREATED' || !letGo(order)) continue;
      this.#orders.delete(order);
      this.#tokens.forget(order.orderNo);
    }
    this.#full = Math.max(most, this.#orders.size) + Math.floor(most / 10);
  }
}
