/** What happens to orders and refunds that no merchant asked for: payers and time at work. */

import {
  declined,
  expired,
  isOpenTo,
  paid,
  type SandboxOrder,
  scannedBy,
  settled,
} from './orders/order.ts';
import type { OrderBook } from './orders/order-book.ts';
import { firstPayer, type Payer, payerById, payers } from './orders/payers.ts';
import {
  deducted,
  finished,
  isFinished,
  type Refund,
  type RefundOutcome,
} from './refunds/refund.ts';
import type { RefundBook } from './refunds/refund-book.ts';
import { displayMoney, filsOf } from './wire/money.ts';

export interface ActionPorts {
  book: OrderBook;
  refunds: RefundBook;
  /** Epoch ms. */
  now: () => number;
  /** Told about every order that an action has finished: paid, or failed by its only attempt. */
  onFinished: (order: SandboxOrder) => void;
  /** Told about every refund that has become SUCCESS or FAILURE. */
  onRefunded: (refund: Refund) => void;
}

export interface PaymentDetails {
  /** An id from `payers`; by default whoever the order is bound to, else the first person. */
  payer?: string;
  /** AED, a decimal number or text, at most the order's total, which is the default. */
  paidAmount?: number | string;
}

/**
 * Each names an order or a refund by either of its numbers, returns it as it is afterwards, and
 * throws an {@link ActionError} where it cannot be done.
 */
export interface Actions {
  /** Somebody opens the code. */
  scan(no: string, payer?: string): SandboxOrder;
  /** Pays; a `paidAmount` below the total is a discount. Sends a notification. */
  pay(no: string, details?: PaymentDetails): SandboxOrder;
  /** One attempt fails; that ends an order with `oneTimePayment`, and then sends a notification. */
  decline(no: string, payer?: string): SandboxOrder;
  /** A paid order is settled to the merchant, now. */
  settle(no: string): SandboxOrder;
  /** An open order expires, now. */
  expire(no: string): SandboxOrder;
  /** The present code lapses, now; the same create request gives a fresh one. */
  lapse(no: string): SandboxOrder;
  /** A pending refund is taken from the merchant's account: REFUNDED_SETTLED. */
  deductRefund(no: string): Refund;
  /** A pending refund ends. Sends a notification. */
  finishRefund(no: string, outcome: RefundOutcome): Refund;
}

/** Why an action cannot be done; the message is for a person. */
export class ActionError extends Error {
  override readonly name = 'ActionError';
  /** `unknown`: nobody knows the number. `conflict`: not in this state. `invalid`: a bad argument. */
  readonly reason: 'unknown' | 'conflict' | 'invalid';

  constructor(reason: ActionError['reason'], message: string) {
    super(message);
    this.reason = reason;
  }
}

export function createActions({
  book,
  refunds,
  now,
  onFinished,
  onRefunded,
}: ActionPorts): Actions {
  const find = (no: string) =>
    book.byOrderNo(no) ??
    book.byMerchantOrderNo(no) ??
    fail('unknown', `There is no order ${no}; name it by its merchantOrderNo or orderNo.`);

  const findRefund = (no: string) =>
    refunds.byOrderNo(no) ??
    refunds.byMerchantOrderNo(no) ??
    fail('unknown', `There is no refund ${no}; name it by its refundMerchantOrderNo or orderNo.`);

  /** The open order once this person has scanned its code. */
  const scanOpen = (no: string, id: string | undefined) => {
    const order = inStatus(find(no), 'CREATED');
    const payer = readPayer(id) ?? order.payer ?? firstPayer;
    if (!isOpenTo(order, payer)) {
      fail(
        'conflict',
        `Order ${no} is bound to ${order.payer?.name}; ${payer.name} cannot pay it.`,
      );
    }
    return { order: book.save(scannedBy(order, payer)), payer };
  };

  return {
    scan: (no, payer) => scanOpen(no, payer).order,
    pay(no, { payer: id, paidAmount } = {}) {
      const asked = readPaidAmount(find(no), paidAmount);
      const { order, payer } = scanOpen(no, id);
      const payment = { paidTime: now(), payerMid: payer.mid, paidAmount: asked };
      const after = book.save(paid(order, payment));
      onFinished(after);
      return after;
    },
    decline(no, payer) {
      const order = book.save(declined(scanOpen(no, payer).order));
      if (order.state.status !== 'CREATED') onFinished(order);
      return order;
    },
    settle: (no) => book.save(settled(inStatus(find(no), 'PAID_SUCCESS'))),
    expire: (no) => book.save({ ...expired(inStatus(find(no), 'CREATED')), expiredTime: now() }),
    lapse(no) {
      const order = inStatus(find(no), 'CREATED');
      book.lapse(order);
      return order;
    },
    deductRefund: (no) => refunds.save(deducted(pending(findRefund(no)))),
    finishRefund(no, outcome) {
      const refund = refunds.save(finished(pending(findRefund(no)), outcome));
      onRefunded(refund);
      return refund;
    },
  };
}

function inStatus(order: SandboxOrder, status: SandboxOrder['state']['status']): SandboxOrder {
  const { terms, state } = order;
  if (state.status === status) return order;
  const now = 'because' in state ? `${state.status} (${state.because})` : state.status;
  return fail('conflict', `Order ${terms.merchantOrderNo} is ${now}; only ${status} will do.`);
}

function pending(refund: Refund): Refund {
  if (!isFinished(refund)) return refund;
  const { terms, status } = refund;
  return fail('conflict', `Refund ${terms.refundMerchantOrderNo} is ${status} already.`);
}

function readPayer(id: string | undefined): Payer | undefined {
  if (id === undefined) return undefined;
  const ids = payers.map((payer) => payer.id).join(', ');
  return (
    payerById(id) ?? fail('invalid', `There is no payer ${JSON.stringify(id)}; name one of ${ids}.`)
  );
}

function readPaidAmount({ terms }: SandboxOrder, amount: number | string | undefined): number {
  if (amount === undefined) return terms.total;
  const fils = filsOf(amount);
  if (fils !== undefined && fils <= terms.total) return fils;
  const rule = `give AED above 0 with at most 2 decimals, at most ${displayMoney(terms.total)}`;
  return fail('invalid', `paidAmount ${JSON.stringify(amount)} cannot be paid; ${rule}.`);
}

function fail(reason: ActionError['reason'], message: string): never {
  throw new ActionError(reason, message);
}
