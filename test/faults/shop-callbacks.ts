/** The shop's own code behind the kit: its prices, and what it writes into its books. */
import { type CheckoutOptions, CheckoutRefusal, type OrderRecord } from '../../src/server/index.ts';
import type { Entry, Ledger } from './ledger.ts';

type Callbacks = Required<Pick<CheckoutOptions, 'quote' | 'onPaid' | 'onFailed' | 'onRefunded'>>;

/** What a page of this shop sends along. */
export interface Wanted {
  /** Costs more, so that it is another order. */
  express?: boolean;
  /** How long the code can be paid, ms. */
  expiresIn?: number;
}

/** @param work what the shop does before it writes, and takes its time for */
export function shopCallbacks(ledger: Ledger, work: () => Promise<void>): Callbacks {
  const paid = new Set(
    ledger.read().flatMap(({ what, reference }) => (what === 'paid' ? reference : [])),
  );

  const write = (what: Entry['what'], { id, reference = '' }: OrderRecord, refund?: string) => {
    ledger.write({ what, id, reference, ...(refund !== undefined && { refund }) });
    if (what === 'paid') paid.add(reference);
  };

  return {
    quote({ reference = '', details }) {
      if (paid.has(reference)) throw alreadyPaid();
      const { express = false, expiresIn }: Wanted = Object(details);
      const amount = express ? '25.00' : '12.34';
      return { amount, subject: reference, ...(expiresIn !== undefined && { expiresIn }) };
    },
    async onPaid(order) {
      await work();
      write('paid', order);
    },
    async onFailed(order) {
      await work();
      write('failed', order);
    },
    async onRefunded(order, refund) {
      await work();
      write('refunded', order, refund?.id);
    },
  };
}

const alreadyPaid = () =>
  new CheckoutRefusal({ status: 409, code: 'cart-paid', message: 'This cart is paid already.' });
