/** A backend in memory that keeps the contract, and a wallet that pays its orders. No PayBy, no socket. */
import { verify } from 'node:crypto';
import { isFinal, type Order, type OrderStatus } from '../../../src/protocol.ts';
import { makeKeys } from '../../support/keys.ts';

export const endpoint = 'https://shop.example/orders';
export const notify = 'https://shop.example/notify';
export const sandbox = 'http://localhost:4010';

const { publicPem } = makeKeys();

/** What a test may replace to break it. */
export interface Parts {
  newId(): string;
  /** Whether an order of before is answered for a key. */
  knowsKey(key: string): boolean;
  /** Whether a cart that is paid cannot be paid again. */
  refusesPaid: boolean;
  /** Whether a wish is the one of before. */
  isSameWish(before: string, now: string): boolean;
  price(body: Record<string, unknown>): number;
  /** What is waited for between looking for a key and keeping its order: nothing, or others get in. */
  beforeKeeping: (() => Promise<void>) | undefined;
  /** The statuses from which a cancel leads to cancelled. */
  canCancel(status: OrderStatus): boolean;
  isSigned(body: string, signature: string | null): boolean;
  /** Whether PayBy is asked about orders, and not only its notification waited for. */
  asks: boolean;
  /** What open streams hear of a change. */
  tells(status: OrderStatus): boolean;
}

interface Kept {
  order: Order;
  wish: string;
  listeners: Set<(order: Order) => void>;
}

export type Handler = (request: Request) => Promise<Response>;

export function goodBackend(parts: Partial<Parts> = {}): Handler {
  const own: Parts = {
    newId: () => crypto.randomUUID().replaceAll('-', ''),
    knowsKey: () => true,
    refusesPaid: true,
    isSameWish: (before, now) => before === now,
    price: () => 12.34,
    beforeKeeping: undefined,
    canCancel: (status) => !isFinal(status),
    isSigned: (body, signature) =>
      verify('RSA-SHA256', Buffer.from(body), publicPem, Buffer.from(signature ?? '', 'base64')),
    asks: true,
    tells: () => true,
    ...parts,
  };
  const orders = new Map<string, Kept>();
  const keys = new Map<string, string>();
  /** How long the sandbox holds notifications back, ms. */
  let late = 0;

  function change(kept: Kept, status: OrderStatus): void {
    const { tokenUrl, ...order } = kept.order;
    kept.order = { ...order, status };
    if (own.tells(status)) for (const listener of [...kept.listeners]) listener(kept.order);
  }

  async function create(request: Request): Promise<Response> {
    const type = request.headers.get('content-type') ?? '';
    if (!type.startsWith('application/json')) return problem(415, 'media-type-unsupported');
    const text = await request.text();
    if (text.length > 64 * 1024) return problem(413, 'body-too-large');
    const body = parse(text);
    if (!body) return problem(400, 'request-invalid');
    const key = request.headers.get('idempotency-key') ?? '';
    const wish = JSON.stringify([body.reference, body.details]);
    const before = own.knowsKey(key) ? orders.get(keys.get(key) ?? '') : undefined;
    if (before) {
      const same = own.isSameWish(before.wish, wish);
      return same ? answer(before.order) : problem(409, 'idempotency-key-reused');
    }
    if (own.refusesPaid && [...orders.values()].some(isPaid)) return problem(409, 'already-paid');
    if (own.beforeKeeping) await own.beforeKeeping();
    const id = own.newId();
    const order: Order = {
      id,
      status: 'pending',
      tokenUrl: `${sandbox}/wallet?BIZ_TYPE=202&ft=${id}&t=1`,
      amount: { amount: own.price(body), currency: 'AED' },
      expiresAt: Date.now() + 1_800_000,
    };
    keys.set(key, id);
    orders.set(id, { order, wish, listeners: new Set() });
    return answer(order, 201);
  }

  function stream(kept: Kept): Response {
    let stop = () => {};
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        const write = (order: Order) => {
          controller.enqueue(new TextEncoder().encode(`data: ${JSON.stringify(order)}\n\n`));
          if (!isFinal(order.status)) return;
          kept.listeners.delete(write);
          controller.close();
        };
        stop = () => kept.listeners.delete(write);
        kept.listeners.add(write);
        write(kept.order);
      },
      cancel: () => stop(),
    });
    return new Response(body, { headers: { ...noStore, 'content-type': 'text/event-stream' } });
  }

  async function takeNotification(request: Request): Promise<Response> {
    const text = await request.text();
    if (!own.isSigned(text, request.headers.get('sign'))) return problem(401, 'signature-invalid');
    const kept = orders.get(JSON.parse(text).acquireOrder.merchantOrderNo);
    if (kept) change(kept, 'paid');
    return Response.json({ response: 'SUCCESS' });
  }

  async function playSandbox(request: Request): Promise<Response> {
    if (new URL(request.url).pathname !== '/control/faults') return pay(request);
    late = (await request.json()).fault.delay;
    return Response.json({ id: 1 });
  }

  async function pay(request: Request): Promise<Response> {
    const kept = orders.get(new URLSearchParams(await request.text()).get('ft') ?? '');
    if (!kept) return problem(404, 'no-such-token');
    if (own.asks) change(kept, 'paid');
    else setTimeout(() => change(kept, 'paid'), late);
    return new Response(null, { status: 303, headers: { location: '../wallet' } });
  }

  return async (request) => {
    const { method } = request;
    const { origin, pathname } = new URL(request.url);
    if (origin === sandbox) return playSandbox(request);
    if (pathname === '/notify') return takeNotification(request);
    if (pathname === '/orders') {
      return method === 'POST' ? create(request) : problem(405, 'method', { allow: 'POST' });
    }
    const [, , id = '', call = 'status'] = pathname.split('/');
    const kept = orders.get(id);
    if (!kept) return problem(404, 'order-not-found');
    const allow = call === 'cancel' ? 'POST' : 'GET';
    if (method !== allow) return problem(405, 'method', { allow });
    if (call === 'events') return stream(kept);
    if (call === 'cancel' && own.canCancel(kept.order.status)) change(kept, 'cancelled');
    return answer(kept.order);
  };
}

/** Every order here is for the same cart. */
const isPaid = ({ order }: Kept): boolean => order.status === 'paid';

const noStore = { 'cache-control': 'no-store' };

const answer = (order: Order, status = 200): Response =>
  Response.json({ ...order, now: Date.now() }, { status, headers: noStore });

export const problem = (status: number, code: string, headers = {}): Response =>
  new Response(JSON.stringify({ status, code }), {
    status,
    headers: { 'content-type': 'application/problem+json', ...headers },
  });

function parse(text: string): Record<string, unknown> | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
