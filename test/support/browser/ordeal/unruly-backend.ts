import { FakeStream } from '../fake-backend.ts';
import type { FakeClock } from '../fake-clock.ts';
import type { Course, OrderPlan, Reply, StreamReply } from './course.ts';
import { orderResponse, stalled, troubleResponse, wellReplies } from './responses.ts';
import { stir } from './settle.ts';
import { type Word, wordFor } from './words.ts';

/** A request that the backend was sent. */
export interface Call {
  kind: 'create' | 'status' | 'events' | 'cancel';
  url: URL;
  /** The order it is about. */
  id: string;
  key: string;
  signal: AbortSignal;
  /** Whether an answer, or the rest of one, is still to come. */
  isOpen: boolean;
}

interface Watcher {
  /** A request goes out. */
  onCall(call: Call): void;
  /** An answer has reached the page; its order is the page's own if it was asked to be created. */
  onWord(word: Word, isOwn: boolean): void;
}

const orderPath = /\/([^/]+)\/(events|cancel)$|\/orders\/([^/]+)$/;

/** A merchant's backend that answers as a course has it, and knows what it has said. */
export class UnrulyBackend {
  readonly calls: Call[] = [];
  readonly #course: Course;
  readonly #clock: FakeClock;
  readonly #watcher: Watcher;
  readonly #ids = new Map<string, string>();
  readonly #asked = { create: 0, status: 0, events: 0, cancel: 0 };
  #streams: { stream: FakeStream; call: Call; isTorn: boolean }[] = [];
  #held: (() => void)[] = [];
  #delayed = 0;
  #settled: ReturnType<typeof wellReplies> | undefined;

  constructor(course: Course, clock: FakeClock, watcher: Watcher) {
    this.#course = course;
    this.#clock = clock;
    this.#watcher = watcher;
  }

  /** How many timers of the clock are the backend's own. */
  get delayed(): number {
    return this.#delayed;
  }

  /** Requests that nobody gave up and that have not been answered to the end. */
  get open(): Call[] {
    return this.calls.filter(({ isOpen, signal }) => isOpen && !signal.aborted);
  }

  readonly fetch: typeof fetch = async (input, init) => {
    const signal = init?.signal ?? new AbortController().signal;
    signal.throwIfAborted();
    const key = new Headers(init?.headers).get('idempotency-key') ?? '';
    const url = new URL(String(input), location.href);
    const call = this.#called(url, init?.method ?? 'GET', key, signal);
    const aborted = new Promise<never>((_, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    });
    return Promise.race([this.#answer(call), aborted]);
  };

  /** What a page's own `createOrder` answers; it does not heed its signal. */
  async createForPage(key: string): Promise<unknown> {
    const call = this.#called(new URL('page:create'), 'POST', key, new AbortController().signal);
    // The page's own request; nobody can take it back.
    call.isOpen = false;
    const response = await this.#answer(call);
    if (!response.ok) throw new Error(`the shop answered ${response.status}`);
    return response.json();
  }

  /** From now on everything is answered at once, and every order is in this status. */
  recover(status: 'paid' | 'pending'): void {
    this.#settled = wellReplies(status);
    for (const { stream, call } of this.#streams) if (call.isOpen) stream.close();
  }

  release(nth: number): void {
    const [release] = this.#held.splice(nth % Math.max(1, this.#held.length), 1);
    release?.();
  }

  /** Says something on the event stream that is open; answers what the page heard, if anything. */
  say(plan: OrderPlan): Word | undefined {
    const open = this.#openStream;
    if (!open) return undefined;
    const { text, word } = this.#tell(plan, open.call);
    open.stream.send(text);
    if (!open.isTorn) return word;
    open.isTorn = false;
    return undefined;
  }

  stream(act: 'comment' | 'garbage' | 'torn' | 'close' | 'fail'): void {
    stir();
    const open = this.#openStream;
    if (!open) return;
    if (act === 'comment') open.stream.comment();
    if (act === 'garbage') open.stream.write('retry: x\nevent: paid\ndata: {"status"\n\n');
    if (act === 'torn') open.stream.write(`data: {"id":"${open.call.id}","status":"pa`);
    if (act === 'close') open.stream.close();
    if (act === 'fail') open.stream.fail();
    open.isTorn = act === 'torn' || (open.isTorn && act === 'comment');
    if (act === 'close' || act === 'fail') open.call.isOpen = false;
  }

  get #openStream() {
    this.#streams = this.#streams.filter(({ call }) => call.isOpen && !call.signal.aborted);
    return this.#streams.at(-1);
  }

  #called(url: URL, method: string, key: string, signal: AbortSignal): Call {
    const [, named, word, plain] = orderPath.exec(url.pathname) ?? [];
    const isCreate = method === 'POST' && word !== 'cancel';
    const kind = word === 'events' || word === 'cancel' ? word : isCreate ? 'create' : 'status';
    const id = isCreate ? this.#idFor(key) : decodeURIComponent(named ?? plain ?? '');
    const call = { kind, url, id, key, signal, isOpen: true } as const satisfies Call;
    this.calls.push(call);
    stir();
    this.#watcher.onCall(call);
    return call;
  }

  /** One order for one key, as a backend that keeps the contract has it. */
  #idFor(key: string): string {
    const id = this.#ids.get(key) ?? `M${this.#ids.size + 1}`;
    this.#ids.set(key, id);
    return id;
  }

  async #answer(call: Call): Promise<Response> {
    const { after, content } = this.#reply(call);
    if (after === 'held') await new Promise<void>((resolve) => this.#held.push(resolve));
    else if (after > 0) await this.#later(after);
    if (call.signal.aborted || content.kind === 'silence') return new Promise(() => {});
    if (content.kind === 'stream') return this.#open(call, content.first);
    if (content.kind === 'stalled') return stalled(call.signal);
    call.isOpen = false;
    stir();
    if (content.kind !== 'order') return troubleResponse(content, call.id);
    return orderResponse(this.#tell(content.plan, call).text, call.kind === 'create' ? 201 : 200);
  }

  /** The order as the plan has it, told now. */
  #tell(plan: OrderPlan, call: Call): { text: string; word: Word } {
    const told = wordFor(plan, this.#about(plan, call), this.#clock.epoch());
    this.#watcher.onWord(told.word, call.kind === 'create');
    stir();
    return told;
  }

  #open(call: Call, first: OrderPlan | undefined): Response {
    const stream = new FakeStream(call.signal);
    this.#streams.push({ stream, call, isTorn: false });
    if (first) stream.send(this.#tell(first, call).text);
    return stream.response;
  }

  #about({ about }: OrderPlan, { id, kind }: Call): string {
    if (about === 'asked') return id;
    // Creating answers with an order of before, if there is one; other requests with a stranger's.
    return kind === 'create' ? ([...this.#ids.values()].at(-2) ?? id) : 'X1';
  }

  #reply({ kind }: Call): Reply | StreamReply {
    if (this.#settled) return this.#settled[kind];
    const { creates, statuses, cancels, streams } = this.#course;
    const list = { create: creates, status: statuses, cancel: cancels, events: streams }[kind];
    const reply = list[this.#asked[kind]++ % list.length];
    if (!reply) throw new Error(`a course without an answer to ${kind}`);
    return reply;
  }

  #later(ms: number): Promise<void> {
    this.#delayed += 1;
    return new Promise((resolve) => {
      this.#clock.after(ms, () => {
        this.#delayed -= 1;
        resolve();
      });
    });
  }
}
