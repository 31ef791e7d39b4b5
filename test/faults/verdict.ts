/** What must be true once everything has come to rest, whatever happened before. */
import { type Order, statusOf } from '../../src/protocol.ts';
import type { OrderRecord, OrderStore, PaybyOrder } from '../../src/server/index.ts';
import type { Purchase } from './customers.ts';
import type { Gateway } from './gateway.ts';
import type { Entry, Ledger } from './ledger.ts';

export interface Evidence {
  gateway: Gateway;
  store: OrderStore;
  ledger: Ledger;
  purchases: readonly Purchase[];
}

/** What is wrong, in sentences; nothing, when all is well. */
export async function faultsIn(evidence: Evidence): Promise<string[]> {
  const { gateway, store, ledger, purchases } = evidence;
  const entries = ledger.read();
  const faults: string[] = [];
  const paidOf = new Map<string, string[]>();
  const seen = purchases.flatMap(({ ends }) => [...ends.keys()]);
  for (const id of new Set([...gateway.orders, ...seen, ...entries.map((entry) => entry.id)])) {
    const [truth, record] = [await gateway.orderOf(id), await store.get(id)];
    const told = entries.filter((entry) => entry.id === id);
    faults.push(...faultsOf(truth, record, told).map((fault) => `order ${id}: ${fault}`));
    const reference = record?.reference ?? '';
    if (truth && wasPaid(truth)) paidOf.set(reference, [...(paidOf.get(reference) ?? []), id]);
    faults.push(...(await refundFaults(gateway, id, record, told)));
  }
  for (const [reference, ids] of paidOf) {
    if (ids.length > 1) faults.push(`${reference} was paid ${ids.length} times: ${ids.join(', ')}`);
  }
  for (const { id, status } of await store.unsettled(100)) {
    faults.push(`order ${id} is still unsettled: ${status}`);
  }
  for (const purchase of purchases) faults.push(...(await purchaseFaults(gateway, purchase)));
  return faults;
}

/** Whether money came, also if it went back. */
const wasPaid = ({ revoked, raw }: PaybyOrder): boolean =>
  raw.paymentInfo !== undefined || revoked || statusOf(raw, Number.MAX_SAFE_INTEGER) === 'paid';

function faultsOf(
  truth: PaybyOrder | undefined,
  record: OrderRecord | undefined,
  told: readonly Entry[],
): string[] {
  if (record === undefined) return [`the store has lost it; PayBy says ${truth?.status}`];
  const { status, refunds = [] } = record;
  const said = (what: Entry['what']) => told.some((entry) => entry.what === what);
  const paid = truth !== undefined && wasPaid(truth);
  const faults: string[] = [];
  const check = (holds: boolean, fault: string) => {
    if (!holds) faults.push(fault);
  };
  if (truth === undefined) {
    check(status !== 'paid' && status !== 'refunded', `${status}, and PayBy never had it`);
  } else if (!paid) {
    check(truth.status === 'FAILURE', `PayBy still says ${truth.status}, the store ${status}`);
    check(isUnpaidEnd(status), `PayBy says ${truth.status}, unpaid; the store ${status}`);
  } else if (truth.revoked) {
    check(status === 'refunded', `PayBy has given the money back; the store says ${status}`);
    check(said('refunded'), 'PayBy has given the money back, and the shop was not told');
  } else {
    const all = refunds.filter(({ status }) => status === 'succeeded');
    check(
      status === 'paid' || (status === 'refunded' && all.length > 0),
      `PayBy says ${truth.status}; the store ${status}`,
    );
    check(said('paid'), 'paid, and the shop was not told');
  }
  if (!paid) {
    check(!said('paid'), 'the shop was told of a payment that PayBy does not know');
    check(said('failed'), `${status}, and the shop was not told`);
  }
  return faults;
}

const isUnpaidEnd = (status: Order['status']): boolean =>
  status === 'failed' || status === 'expired' || status === 'cancelled';

/** What the store says of refunds is what the gateway says, and the shop has heard of each. */
async function refundFaults(
  gateway: Gateway,
  id: string,
  record: OrderRecord | undefined,
  told: readonly Entry[],
): Promise<string[]> {
  const faults: string[] = [];
  const refunds = (record?.refunds ?? []).filter(({ revoke }) => !revoke);
  for (const [no, order] of gateway.refunds) {
    if (order !== id) continue;
    const known = refunds.find((refund) => refund.id === no);
    if (!known) faults.push(`refund ${no}: the store does not know it`);
  }
  for (const { id: no, status } of refunds) {
    if (!gateway.refunds.has(no)) {
      if (status !== 'failed') faults.push(`refund ${no}: ${status}, and PayBy never had it`);
      continue;
    }
    const truth = (await gateway.refundOf(no)).status;
    const expected = { SUCCESS: 'succeeded', FAILURE: 'failed' }[truth] ?? 'an end';
    if (status !== expected) faults.push(`refund ${no}: PayBy says ${truth}, the store ${status}`);
    const heard = told.some(({ what, refund }) => what === 'refunded' && refund === no);
    if (status === 'succeeded' && !heard) faults.push(`refund ${no}: the shop was not told`);
  }
  return faults;
}

/** What the customer saw is what happened, and money went back only as it was asked. */
async function purchaseFaults(gateway: Gateway, purchase: Purchase): Promise<string[]> {
  const { reference, ends, payments, refunds, revoked } = purchase;
  const faults: string[] = [];
  for (const [id, end] of ends) {
    const wentBack = revoked.includes(id) && end === 'refunded';
    const sawPaid = end === 'paid' || wentBack;
    if (payments.includes(id) !== sawPaid) {
      const paid = payments.includes(id) ? 'paid' : 'never paid';
      faults.push(`${reference}: ${id} was ${paid}, and its page said ${end}`);
    }
  }
  const asked = new Set(refunds.keys());
  for (const [no, order] of gateway.refunds) {
    if (payments.includes(order) && !asked.has(no)) {
      faults.push(`${reference}: the refund ${no} was asked for by nobody`);
    }
  }
  return faults;
}
