import type { Order } from '../../../src/protocol.ts';

export interface SeenRequest {
  method: string;
  url: URL;
  headers: Headers;
  cache: RequestCache | undefined;
  body: unknown;
  signal: AbortSignal;
}

type Answer = Response | Promise<Response>;
type Handler = (request: SeenRequest) => Answer;

/** One open event stream, as the backend holds it. */
export class FakeStream {
  readonly response: Response;
  isAborted = false;
  #controller: ReadableStreamDefaultController<Uint8Array> | undefined;

  constructor(signal: AbortSignal) {
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        this.#controller = controller;
      },
    });
    signal.addEventListener('abort', () => {
      this.isAborted = true;
      this.#end(() => this.#controller?.error(signal.reason));
    });
    this.response = new Response(body, { headers: { 'content-type': 'text/event-stream' } });
  }

  send(data: unknown): void {
    this.write(`data: ${typeof data === 'string' ? data : JSON.stringify(data)}\n\n`);
  }

  comment(): void {
    this.write(': still here\n\n');
  }

  write(text: string): void {
    this.bytes(new TextEncoder().encode(text));
  }

  bytes(bytes: Uint8Array): void {
    this.#controller?.enqueue(bytes);
  }

  close(): void {
    this.#end(() => this.#controller?.close());
  }

  fail(): void {
    this.#end(() => this.#controller?.error(new TypeError('network error')));
  }

  #end(how: () => void): void {
    how();
    this.#controller = undefined;
  }
}

/** A merchant's backend that keeps the contract until a test makes it misbehave. */
export class FakeBackend {
  readonly requests: SeenRequest[] = [];
  readonly streams: FakeStream[] = [];
  order: Order;
  /** The server's clock; without it answers do not tell the time. */
  now: (() => number) | undefined;
  create: Handler = () => json(this.answer(), 201);
  status: Handler = () => json(this.answer());
  cancel: Handler = () => {
    this.order = { ...this.order, status: 'cancelled' };
    return json(this.answer());
  };
  events: Handler = ({ signal }) => {
    const stream = new FakeStream(signal);
    this.streams.push(stream);
    return stream.response;
  };

  constructor(order: Partial<Order> = {}) {
    this.order = { ...pendingOrder, ...order };
  }

  readonly fetch: typeof fetch = async (input, init) => {
    // Read from what was passed, not from a Request: its body would take the browser's own time.
    const signal = init?.signal ?? new AbortController().signal;
    const request: SeenRequest = {
      method: init?.method ?? 'GET',
      url: new URL(String(input), location.href),
      headers: new Headers(init?.headers),
      cache: init?.cache,
      body: typeof init?.body === 'string' ? JSON.parse(init.body) : undefined,
      signal,
    };
    signal.throwIfAborted();
    this.requests.push(request);
    const answer = Promise.resolve(this.#route(request));
    const aborted = new Promise<never>((_, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason));
    });
    return Promise.race([answer, aborted]);
  };

  /** The order as the backend would answer it now. */
  answer(more: Partial<Order> = {}): Order {
    return { ...this.order, ...(this.now && { now: this.now() }), ...more };
  }

  count(kind: 'create' | 'status' | 'events' | 'cancel'): number {
    return this.requests.filter((request) => kindOf(request) === kind).length;
  }

  get stream(): FakeStream {
    const stream = this.streams.at(-1);
    if (!stream) throw new Error('no event stream was opened');
    return stream;
  }

  #route(request: SeenRequest): Answer {
    return this[kindOf(request)](request);
  }
}

function kindOf({ method, url }: SeenRequest): 'create' | 'status' | 'events' | 'cancel' {
  if (url.pathname.endsWith('/events')) return 'events';
  if (url.pathname.endsWith('/cancel')) return 'cancel';
  return method === 'POST' ? 'create' : 'status';
}

/** A response whose body is there at once, so that a fake clock need not wait for it. */
export function answer(text: string, init: ResponseInit): Response {
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      if (text) controller.enqueue(new TextEncoder().encode(text));
      controller.close();
    },
  });
  return new Response(body, init);
}

export const json = (value: unknown, status = 200, headers: Record<string, string> = {}) =>
  answer(JSON.stringify(value), {
    status,
    headers: { 'content-type': 'application/json', ...headers },
  });

export const problem = (status: number, code: string, headers: Record<string, string> = {}) =>
  json({ status, code, title: code }, status, {
    'content-type': 'application/problem+json',
    ...headers,
  });

/** Never answers; ends only by being aborted. */
export const silence = (): Promise<Response> => new Promise(() => {});

export const pendingOrder: Order = {
  id: 'M965739182419',
  status: 'pending',
  tokenUrl: 'https://qr.payby.com?BIZ_TYPE=202&ft=7ac14d5d372a459fbe948e83fcaae0cb&t=1765054600668',
  amount: { amount: 12.34, currency: 'AED' },
  subject: 'Cart 42',
};
