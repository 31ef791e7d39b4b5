import { randomBytes } from 'node:crypto';
import { atTime, type SandboxOrder } from './order.ts';

/** How long a code can be opened, ms; the order behind it may live longer. */
const tokenLife = 3_600_000;

/** The token in a code's `ft`. */
export interface Token {
  /** 32 hex digits. */
  ft: string;
  orderNo: string;
  /** Epoch ms. */
  issuedAt: number;
}

export interface BookRules {
  /** Epoch ms. */
  now: () => number;
  /** How long after its payment an order is settled, ms. */
  settleAfter: number;
}

/** Keeps the orders, in memory. Whatever is read has first been brought up to the present time. */
export class OrderBook {
  readonly #rules: BookRules;
  readonly #orders = new Map<string, SandboxOrder>();
  readonly #orderNos = new Map<string, string>();
  readonly #tokens = new Map<string, Token>();
  readonly #latestToken = new Map<string, Token>();
  readonly #lapsed = new Set<string>();
  #serial = 0;

  constructor(rules: BookRules) {
    this.#rules = rules;
  }

  /** A fresh order number in PayBy's form: `13`, the request's second, a serial number. */
  nextOrderNo(requestTime: number): string {
    this.#serial += 1;
    return `13${Math.floor(requestTime / 1000)}${String(this.#serial).padStart(6, '0')}`;
  }

  /** Keeps an order, new or changed. */
  save(order: SandboxOrder): SandboxOrder {
    this.#orders.set(order.orderNo, order);
    this.#orderNos.set(order.terms.merchantOrderNo, order.orderNo);
    return order;
  }

  byOrderNo(orderNo: string): SandboxOrder | undefined {
    const order = this.#orders.get(orderNo);
    return order && this.save(atTime(order, this.#rules.now(), this.#rules.settleAfter));
  }

  byMerchantOrderNo(merchantOrderNo: string): SandboxOrder | undefined {
    const orderNo = this.#orderNos.get(merchantOrderNo);
    return orderNo === undefined ? undefined : this.byOrderNo(orderNo);
  }

  /** The order's token: the latest one, or a fresh one where that has lapsed. */
  tokenFor({ orderNo }: SandboxOrder): Token {
    const latest = this.#latestToken.get(orderNo);
    if (latest && !this.hasLapsed(latest)) return latest;
    const token = { ft: randomBytes(16).toString('hex'), orderNo, issuedAt: this.#rules.now() };
    this.#tokens.set(token.ft, token);
    this.#latestToken.set(orderNo, token);
    return token;
  }

  token(ft: string): Token | undefined {
    return this.#tokens.get(ft);
  }

  hasLapsed(token: Token): boolean {
    return this.#lapsed.has(token.ft) || this.#rules.now() >= token.issuedAt + tokenLife;
  }

  /** Lets the order's present code lapse before its time. */
  lapse({ orderNo }: SandboxOrder): void {
    const latest = this.#latestToken.get(orderNo);
    if (latest) this.#lapsed.add(latest.ft);
  }

  /** All orders, up to the present time, in the order they were placed. */
  all(): SandboxOrder[] {
    return [...this.#orders.keys()].flatMap((orderNo) => this.byOrderNo(orderNo) ?? []);
  }
}
