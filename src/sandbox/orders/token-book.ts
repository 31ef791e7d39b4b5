import { randomBytes } from 'node:crypto';

/** How long a code can be opened, ms; the order behind it may live longer. */
export const tokenLife = 3_600_000;

/** An order keeps so many of its tokens: the present one, and a few that say that they have lapsed. */
const mostTokens = 10;

/** The token in a code's `ft`. */
export interface Token {
  /** 32 hex digits. */
  ft: string;
  orderNo: string;
  /** Epoch ms. */
  issuedAt: number;
}

/** Keeps the tokens of orders, in memory. */
export class TokenBook {
  readonly #now: () => number;
  readonly #tokens = new Map<string, Token>();
  /** By order, the latest last. */
  readonly #ofOrder = new Map<string, Token[]>();
  readonly #lapsed = new Set<string>();

  /** @param now epoch ms */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** The order's token: the latest one, or a fresh one where that has lapsed. */
  tokenFor(orderNo: string): Token {
    const kept = this.#ofOrder.get(orderNo) ?? [];
    const latest = kept.at(-1);
    if (latest && !this.hasLapsed(latest)) return latest;
    const token = { ft: randomBytes(16).toString('hex'), orderNo, issuedAt: this.#now() };
    this.#tokens.set(token.ft, token);
    this.#ofOrder.set(orderNo, [...kept, token].slice(-mostTokens));
    for (const old of [...kept, token].slice(0, -mostTokens)) this.#delete(old);
    return token;
  }

  token(ft: string): Token | undefined {
    return this.#tokens.get(ft);
  }

  hasLapsed(token: Token): boolean {
    return this.#lapsed.has(token.ft) || this.#now() >= token.issuedAt + tokenLife;
  }

  /** Lets the order's present code lapse before its time. */
  lapse(orderNo: string): void {
    const latest = this.#ofOrder.get(orderNo)?.at(-1);
    if (latest) this.#lapsed.add(latest.ft);
  }

  /** Forgets all tokens of an order. */
  forget(orderNo: string): void {
    for (const token of this.#ofOrder.get(orderNo) ?? []) this.#delete(token);
    this.#ofOrder.delete(orderNo);
  }

  #delete({ ft }: Token): void {
    this.#tokens.delete(ft);
    this.#lapsed.delete(ft);
  }
}
