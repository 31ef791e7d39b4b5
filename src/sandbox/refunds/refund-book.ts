import type { Refund } from './refund.ts';

/** Keeps the refunds, in memory. */
export class RefundBook {
  readonly #refunds = new Map<string, Refund>();
  readonly #orderNos = new Map<string, string>();
  #serial = 0;

  /** A fresh refund number in PayBy's form: `19`, the request's second, a serial number. */
  nextOrderNo(requestTime: number): string {
    this.#serial += 1;
    return `19${Math.floor(requestTime / 1000)}${String(this.#serial).padStart(6, '0')}`;
  }

  /** Keeps a refund, new or changed. */
  save(refund: Refund): Refund {
    this.#refunds.set(refund.orderNo, refund);
    this.#orderNos.set(refund.terms.refundMerchantOrderNo, refund.orderNo);
    return refund;
  }

  byOrderNo(orderNo: string): Refund | undefined {
    return this.#refunds.get(orderNo);
  }

  byMerchantOrderNo(refundMerchantOrderNo: string): Refund | undefined {
    return this.#refunds.get(this.#orderNos.get(refundMerchantOrderNo) ?? '');
  }

  /** All refunds of an order, failed ones too, in the order they were placed. */
  of({ orderNo }: { orderNo: string }): Refund[] {
    return this.all().filter(({ originOrderNo }) => originOrderNo === orderNo);
  }

  all(): Refund[] {
    return [...this.#refunds.values()];
  }
}
