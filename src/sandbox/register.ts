/** What the register must know of the things it keeps. */
export interface RegisterRules<Entry> {
  /** What PayBy's numbers for them begin with. */
  prefix: string;
  /** The number the merchant gave. */
  merchantNo: (entry: Entry) => string;
}

/** Keeps things by PayBy's number and the merchant's, in memory, in the order they came. */
export class Register<Entry extends { readonly orderNo: string }> {
  readonly #rules: RegisterRules<Entry>;
  readonly #entries = new Map<string, Entry>();
  readonly #orderNos = new Map<string, string>();
  #serial = 0;

  constructor(rules: RegisterRules<Entry>) {
    this.#rules = rules;
  }

  get size(): number {
    return this.#entries.size;
  }

  /** A fresh number in PayBy's form: the prefix, the request's second, a serial number. */
  nextOrderNo(requestTime: number): string {
    this.#serial += 1;
    const serial = String(this.#serial).padStart(6, '0');
    return `${this.#rules.prefix}${Math.floor(requestTime / 1000)}${serial}`;
  }

  /** Keeps an entry, new or changed. */
  save(entry: Entry): Entry {
    this.#entries.set(entry.orderNo, entry);
    this.#orderNos.set(this.#rules.merchantNo(entry), entry.orderNo);
    return entry;
  }

  delete(entry: Entry): void {
    this.#entries.delete(entry.orderNo);
    this.#orderNos.delete(this.#rules.merchantNo(entry));
  }

  byOrderNo(orderNo: string): Entry | undefined {
    return this.#entries.get(orderNo);
  }

  byMerchantNo(merchantNo: string): Entry | undefined {
    return this.#entries.get(this.#orderNos.get(merchantNo) ?? '');
  }

  /** All of them, the oldest first. */
  all(): IterableIterator<Entry> {
    return this.#entries.values();
  }
}
