/**
 * The steps of a shop's process: before and after everything it asks of its store, of PayBy and of the
 * shop's own code, and every request it answers. Between two of them lies nothing that others can see.
 */
import type { CheckoutOptions, OrderStore } from '../../src/server/index.ts';

/**
 * Is told of every step, such as `before store.update`. What it throws the step throws: before, nothing
 * was done; after, it was done and its answer is lost. What it waits for the step waits for.
 */
export type Step = (name: string) => unknown;

async function around<Result>(
  step: Step,
  name: string,
  work: () => Result | Promise<Result>,
): Promise<Result> {
  await step(`before ${name}`);
  const result = await work();
  await step(`after ${name}`);
  return result;
}

/** The store without its `close`, which belongs to whoever opened it. */
export const steppedStore = (store: OrderStore, step: Step): OrderStore => ({
  create: (record) => around(step, 'store.create', () => store.create(record)),
  get: (id) => around(step, 'store.get', () => store.get(id)),
  findByIdempotencyKey: (key) =>
    around(step, 'store.findByIdempotencyKey', () => store.findByIdempotencyKey(key)),
  bindKey: (key, id, wish) => around(step, 'store.bindKey', () => store.bindKey(key, id, wish)),
  findOpen: (reference) => around(step, 'store.findOpen', () => store.findOpen(reference)),
  update: (id, change) => around(step, 'store.update', () => store.update(id, change)),
  claim: (name, holder, now, until) =>
    around(step, 'store.claim', () => store.claim(name, holder, now, until)),
  release: (name, holder) => around(step, 'store.release', () => store.release(name, holder)),
  unsettled: (limit, after) => around(step, 'store.unsettled', () => store.unsettled(limit, after)),
  subscribe: (id, listener) => around(step, 'store.subscribe', () => store.subscribe(id, listener)),
});

/** PayBy behind `fetch`: `payby.placeOrder`, `payby.refund/placeOrder` and so on. */
export const steppedFetch =
  (send: typeof fetch, step: Step): typeof fetch =>
  (input, init) => {
    const { pathname } = new URL(input instanceof Request ? input.url : input);
    return around(step, `payby.${pathname.replace(/^.*\/acquire2\//, '')}`, () =>
      send(input, init),
    );
  };

type Callbacks = Required<Pick<CheckoutOptions, 'quote' | 'onPaid' | 'onFailed' | 'onRefunded'>>;

export const steppedCallbacks = (shop: Callbacks, step: Step): Callbacks => ({
  quote: (request) => around(step, 'quote', () => shop.quote(request)),
  onPaid: (order) => around(step, 'onPaid', () => shop.onPaid(order)),
  onFailed: (order) => around(step, 'onFailed', () => shop.onFailed(order)),
  onRefunded: (order, refund) => around(step, 'onRefunded', () => shop.onRefunded(order, refund)),
});

type Answer = (request: Request) => Promise<Response>;

/** After a request's step its answer is ready, and nobody has it yet. */
export const steppedAnswer =
  (answer: Answer, step: Step): Answer =>
  (request) =>
    around(step, `http.${routeOf(request)}`, () => answer(request));

function routeOf({ method, url }: Request): string {
  const { pathname } = new URL(url);
  const [, last = ''] = pathname.match(/\/([a-z]+)$/) ?? [];
  if (last === 'orders') return 'create';
  return method === 'GET' && last === '' ? 'status' : last || 'status';
}

const both = (name: string) => [`before ${name}`, `after ${name}`];

/** Those of a payment's usual course: create, notify, onPaid, SUCCESS. */
export const paymentSteps: readonly string[] = [
  'http.create',
  'store.findByIdempotencyKey',
  'quote',
  'store.create',
  'store.get',
  'payby.placeOrder',
  'store.update',
  'http.notify',
  'store.claim',
  'onPaid',
  'store.release',
].flatMap(both);

/** All others. */
export const furtherSteps: readonly string[] = [
  'http.status',
  'http.events',
  'http.cancel',
  'http.refund',
  'http.revoke',
  'store.bindKey',
  'store.unsettled',
  'store.subscribe',
  'payby.getOrder',
  'payby.cancelOrder',
  'payby.revokeOrder',
  'payby.refund/placeOrder',
  'payby.refund/getOrder',
  'payby.getCashierUrlInfo',
  'onFailed',
  'onRefunded',
].flatMap(both);
