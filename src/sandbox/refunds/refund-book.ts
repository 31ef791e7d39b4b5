import { Register } from '../register.ts';
import { isFinished, type Refund } from './refund.ts';

/** Keeps the refunds, in memory. They are forgotten with their order: its sum of them must stay known. */
export class RefundBook {
  readonly #refunds = new Register<Refund>({
    prefix: '19',
    merchantNo: ({ terms }) => terms.refundMerchantOrderNo,
  });
  /** The numbers of an order's refunds. */
  readonly #ofOrder = new Map<string, Set<string>>();

  nextOrderNo(requestTime: number): string {
    return this.#refunds.nextOrderNo(requestTime);
  }

  /** Keeps a refund, new or changed. */
  save(refund: Refund): Refund {
    const { orderNo, originOrderNo } = refund;
    const numbers = this.#ofOrder.get(originOrderNo) ?? new Set();
    this.#ofOrder.set(originOrderNo, numbers.add(orderNo));
    return this.#refunds.save(refund);
  }

  byOrderNo(orderNo: string): Refund | undefined {
    return this.#refunds.byOrderNo(orderNo);
  }

  byMerchantOrderNo(refundMerchantOrderNo: string): Refund | undefined {
    return this.#refunds.byMerchantNo(refundMerchantOrderNo);
  }

  /** All refunds of an order, failed ones too, in the order they were placed. */
  of({ orderNo }: { orderNo: string }): Refund[] {
    const numbers = [...(this.#ofOrder.get(orderNo) ?? [])];
    return numbers.flatMap((number) => this.#refunds.byOrderNo(number) ?? []);
  }

  /** Forgets the refunds of an order, unless one is still pending; says whether it did. */
  forget(order: { orderNo: string }): boolean {
    const refunds = this.of(order);
    if (!refunds.every(isFinished)) return false;
    for (const refund of refunds) this.#refunds.delete(refund);
    this.#ofOrder.delete(order.orderNo);
    return true;
  }

  all(): Refund[] {
    return [...this.#refunds.all()];
  }
}
