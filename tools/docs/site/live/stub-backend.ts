/**
 * A backend inside the page, for the examples: it keeps the contract, sells nothing, and no request leaves the
 * page. Its orders are fictitious, and so is the link in them.
 */

/** What an order of this backend can be, besides `creating` and `error`, which never get to an order. */
export type StubStatus =
  | 'pending'
  | 'scanned'
  | 'paid'
  | 'failed'
  | 'expired'
  | 'cancelled'
  | 'refunded';

/** What a create comes to. */
export type CreateAnswer = StubStatus | 'never' | 'refusal';

const tokenUrl = 'https://qr.payby.com?BIZ_TYPE=202&ft=EXAMPLE-NOT-AN-ORDER&t=0';
const lifetime = 30 * 60_000;

interface StubOrder {
  id: string;
  status: StubStatus;
  expiresAt: number;
}

export class StubBackend {
  /** Its order URL: nothing is there, and nobody is asked. */
  readonly endpoint = new URL('example-backend/orders', document.baseURI).href;
  /** What the next create comes to. */
  createAs: CreateAnswer = 'pending';
  readonly #orders = new Map<string, StubOrder>();
  readonly #streams = new Map<string, Set<ReadableStreamDefaultController<Uint8Array>>>();

  /** Answers the page's requests to its endpoint from now on; all others go where they went before. */
  open(): void {
    const elsewhere = globalThis.fetch.bind(globalThis);
    globalThis.fetch = async (input, init) => {
      const request = new Request(input, init);
      return request.url.startsWith(this.endpoint) ? this.#answer(request) : elsewhere(input, init);
    };
  }

  /** Changes an order and tells all who follow it; answers whether there is one. */
  move(id: string | undefined, status: StubStatus): boolean {
    const order = id === undefined ? undefined : this.#orders.get(id);
    if (!order) return false;
    order.status = status;
    for (const stream of this.#streams.get(order.id) ?? []) this.#tell(stream, order);
    return true;
  }

  async #answer(request: Request): Promise<Response> {
    const [id = '', what = ''] = request.url.slice(this.endpoint.length + 1).split('/');
    if (request.method === 'POST' && id === '') return this.#create(request.signal);
    const order = this.#orders.get(id);
    if (!order) return problem(404, 'order-not-found', 'There is no such order.');
    if (what === 'events') return this.#follow(order, request.signal);
    if (what === 'cancel') this.move(id, 'cancelled');
    return Response.json(view(order));
  }

  async #create(signal: AbortSignal): Promise<Response> {
    const { createAs } = this;
    if (createAs === 'refusal')
      return problem(422, 'example', 'Here the shop says why it refuses.');
    if (createAs === 'never') {
      await new Promise((_, reject) =>
        signal.addEventListener('abort', () => reject(signal.reason)),
      );
    }
    const status = createAs === 'never' ? 'pending' : createAs;
    const order = { id: crypto.randomUUID(), status, expiresAt: Date.now() + lifetime };
    this.#orders.set(order.id, order);
    return Response.json(view(order), { status: 201 });
  }

  #follow(order: StubOrder, signal: AbortSignal): Response {
    const streams = this.#streams.get(order.id) ?? new Set();
    this.#streams.set(order.id, streams);
    const body = new ReadableStream<Uint8Array>({
      start: (stream) => {
        streams.add(stream);
        this.#tell(stream, order);
        const beat = setInterval(() => stream.enqueue(encode(':\n\n')), 15_000);
        signal.addEventListener('abort', () => {
          clearInterval(beat);
          if (streams.delete(stream)) stream.error(signal.reason);
        });
      },
    });
    return new Response(body, { headers: { 'content-type': 'text/event-stream' } });
  }

  #tell(stream: ReadableStreamDefaultController<Uint8Array>, order: StubOrder): void {
    stream.enqueue(encode(`data: ${JSON.stringify(view(order))}\n\n`));
  }
}

const encode = (text: string) => new TextEncoder().encode(text);

function view({ id, status, expiresAt }: StubOrder): object {
  const isOpen = status === 'pending' || status === 'scanned';
  const wasPaid = status === 'paid' || status === 'refunded';
  const now = Date.now();
  return {
    id,
    status,
    amount: { amount: 12.34, currency: 'AED' },
    subject: 'An example: nothing is for sale',
    subjectAr: 'مثال: لا شيء للبيع',
    now,
    ...(isOpen && { expiresAt, tokenUrl }),
    ...(status === 'scanned' && { payer: { mobileNumberMask: '+971-58*92' } }),
    ...(wasPaid && { paidAt: now }),
    ...(status === 'failed' && { failure: { code: 'EXAMPLE' } }),
  };
}

const problem = (status: number, code: string, detail: string): Response =>
  Response.json(
    { status, code, detail },
    { status, headers: { 'content-type': 'application/problem+json' } },
  );
