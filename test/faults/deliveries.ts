/** The way of PayBy's notifications to the shop, watched: SUCCESS may only be said of what is kept. */
import type { OrderStore } from '../../src/server/index.ts';
import type { Ledger } from './ledger.ts';

interface Content {
  acquireOrder?: { merchantOrderNo: string; status: string; revoked?: string };
  refundOrder?: { refundMerchantOrderNo: string; originMerchantOrderNo: string; status: string };
}

export interface Deliveries {
  deliver: typeof fetch;
  /** Every SUCCESS that came too early, in a sentence. */
  readonly faults: readonly string[];
  /** How many notifications the shop took. */
  readonly taken: number;
}

export interface DeliveryPorts {
  send: typeof fetch;
  /** Reads what the shop's server keeps, past it. */
  store: OrderStore;
  ledger: Ledger;
}

export function watchedDeliveries({ send, store, ledger }: DeliveryPorts): Deliveries {
  const faults: string[] = [];
  let taken = 0;
  return {
    faults,
    get taken() {
      return taken;
    },
    async deliver(input, init) {
      const content: Content = JSON.parse(await new Response(init?.body).text());
      const answer = await send(input, init);
      const text = await answer.text();
      if (answer.status === 200 && text.includes('SUCCESS')) {
        taken += 1;
        const entries = ledger.read();
        const fault = await faultOf(content, store, entries);
        if (fault) faults.push(fault);
      }
      return new Response(text, { status: answer.status });
    },
  };
}

async function faultOf(
  { acquireOrder, refundOrder }: Content,
  store: OrderStore,
  entries: ReturnType<Ledger['read']>,
): Promise<string | undefined> {
  if (acquireOrder?.status === 'PAID_SUCCESS') {
    const { merchantOrderNo: id } = acquireOrder;
    const record = await store.get(id);
    const isKept = record?.status === 'paid' || record?.status === 'refunded';
    const isTold = entries.some((entry) => entry.id === id && entry.what !== 'failed');
    if (!isKept)
      return `SUCCESS for the payment of ${id}, which the store has as ${record?.status}`;
    return isTold ? undefined : `SUCCESS for the payment of ${id}, before the shop had it`;
  }
  if (refundOrder?.status === 'SUCCESS') {
    const { refundMerchantOrderNo: no, originMerchantOrderNo: id } = refundOrder;
    const known = (await store.get(id))?.refunds?.find((refund) => refund.id === no);
    if (known?.status !== 'succeeded') return `SUCCESS for the refund ${no}: ${known?.status}`;
    return entries.some(({ refund }) => refund === no)
      ? undefined
      : `SUCCESS for the refund ${no}, before the shop had it`;
  }
  return undefined;
}
