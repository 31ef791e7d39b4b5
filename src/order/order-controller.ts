import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { Attempt, asText } from './attempt.ts';
import { type Answer, type Backend, callBackend } from './backend.ts';
import { asCheckoutError, notLoaded } from './checkout-error.ts';
import { requestTimeout } from './delays.ts';
import { ErrorReporter } from './error-reporter.ts';
import type { Following, Health } from './follow-order.ts';
import type { OrderListener, OrderPorts } from './order-ports.ts';
import {
  canStart,
  isFollowed,
  isOpen,
  looksSame,
  nextState,
  type OrderEvent,
  type OrderState,
  orderOf,
} from './order-state.ts';
import type { OrderUrls } from './order-urls.ts';
import type { OrderWord } from './order-word.ts';
import { ServerClock } from './server-clock.ts';

type KnownOrder = typeof import('./known-order.ts');

/** Owns the run of one checkout: creates the order, follows it, and lets go of it on disconnect. */
export class OrderController implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #listener: OrderListener;
  readonly #ports: OrderPorts;
  readonly #errors: ErrorReporter;
  readonly #serverClock: ServerClock;
  readonly #attempt = new Attempt();
  #state: OrderState = { phase: 'idle' };
  #health: Health = 'live';
  #isConnected = false;
  #cancelling: 'no' | 'asked' | 'refused' = 'no';
  /** One run from the request for an order to its end; a run that was ended writes nothing. */
  #run = new AbortController();
  #following: Following | undefined;
  /** An order that the page brought along; nothing is created then. */
  #given: Answer | undefined;
  #known: KnownOrder | undefined;
  /** Where the order on screen is asked for, as its first answer said. */
  #urls: OrderUrls | undefined;

  constructor(host: ReactiveControllerHost, listener: OrderListener, ports: OrderPorts) {
    this.#host = host;
    this.#listener = listener;
    this.#ports = ports;
    this.#errors = new ErrorReporter((error) => listener.onError(error));
    this.#serverClock = new ServerClock(ports.clock);
    host.addController(this);
  }

  get state(): OrderState {
    return this.#state;
  }

  /** How the page hears of its order; meaningful while the order is open. */
  get health(): Health {
    return this.#health;
  }

  /** Whether cancelling is under way, or could not be done. */
  get cancelling(): 'no' | 'asked' | 'refused' {
    return this.#cancelling;
  }

  /** Time left to pay, ms, by the server's clock; undefined for an order without an end. */
  get remaining(): number | undefined {
    return this.#serverClock.remaining(orderOf(this.#state)?.expiresAt);
  }

  hostConnected(): void {
    this.#isConnected = true;
    this.#go();
  }

  hostDisconnected(): void {
    this.#isConnected = false;
    this.#endRun();
  }

  /** Creates an order, unless one is under way, open or paid. */
  start(): void {
    const { state } = this;
    if (!canStart(state)) return;
    // A try that broke may have made an order all the same: its key finds that one again. A try that
    // was refused for good would only be refused again.
    const isRefused = state.phase === 'error' && state.error.httpStatus && !state.error.retryable;
    if (orderOf(state) || isRefused) this.#attempt.end();
    // A given order that could not be read for want of a part of the script is still the one to show.
    const isGiven = state.phase === 'error' && state.error.retryable;
    this.#begin(isGiven ? this.#given : undefined);
  }

  /** Shows and follows an order that the page's own server has made. Nothing is created. */
  adopt(value: unknown): void {
    const given = { value, source: '<payby-checkout>' };
    if (this.#state.phase === 'creating' && asText(value) === asText(this.#given?.value)) return;
    const present = orderOf(this.#state);
    const id = idOf(value);
    // What the page says of the order on screen is one more report, and never a beginning.
    if (present && (id === present.id || (id === undefined && isFollowed(this.#state)))) {
      if (this.#run.signal.aborted) this.#run = new AbortController();
      const { signal } = this.#run;
      this.#report(given, signal).catch((cause: unknown) => {
        if (!signal.aborted) this.#errors.tell(asCheckoutError(cause));
      });
      return;
    }
    this.reset();
    this.#begin(given);
  }

  /** Withdraws the order at the backend, whose answer decides; before there is one, just stops. */
  async cancel(): Promise<void> {
    if (this.#state.phase === 'creating') {
      this.#endRun();
      this.#given = undefined;
      this.#apply({ type: 'reset' });
    }
    if (!isOpen(this.#state) || !this.#urls || this.#cancelling === 'asked') return;
    const { signal } = this.#run;
    this.#setCancelling('asked');
    try {
      const call = {
        url: this.#urls.cancel,
        method: 'POST',
        signal,
        timeout: requestTimeout,
      } as const;
      const answer = await callBackend(this.#backend(), call);
      await this.#report(answer, signal);
      if (!signal.aborted) this.#setCancelling('no');
    } catch (cause) {
      if (signal.aborted) return;
      this.#setCancelling('refused');
      this.#listener.onError(asCheckoutError(cause));
      // An order that cannot be cancelled may have been paid.
      void this.check().catch(() => {});
    }
  }

  /** Forgets the order on this page; at the backend it goes on. */
  reset(): void {
    this.#endRun();
    this.#attempt.end();
    this.#given = undefined;
    this.#apply({ type: 'reset' });
  }

  /** Asks for the order's status at once. */
  async check(): Promise<void> {
    await this.#following?.check();
  }

  #begin(given: Answer | undefined): void {
    this.#endRun();
    this.#given = given;
    this.#apply({ type: 'started' });
    this.#go();
  }

  /** Goes on from wherever the order stands, in a run of its own. */
  #go(): void {
    if (!this.#isConnected) return;
    this.#endRun();
    this.#run = new AbortController();
    const { signal } = this.#run;
    if (this.#state.phase === 'creating') void this.#create(signal);
    else if (isFollowed(this.#state)) this.#follow(signal);
  }

  async #create(signal: AbortSignal): Promise<void> {
    let word: OrderWord;
    try {
      const request =
        this.#given ?? this.#attempt.request(this.#listener.settings(), this.#backend(), signal);
      const [answer, known] = await Promise.all([request, this.#load()]);
      if (signal.aborted) return;
      word = await known.firstWord(answer, this.#context(signal));
    } catch (cause) {
      if (signal.aborted) return;
      const error = asCheckoutError(cause);
      this.#endRun();
      this.#apply({ type: 'broke', error });
      this.#listener.onError(error);
      return;
    }
    if (signal.aborted) return;
    this.#errors.reset();
    this.#serverClock.reset();
    this.#urls = word.urls;
    try {
      this.#take(word);
    } finally {
      // Whatever went wrong in showing it: an order on screen is followed.
      if (!signal.aborted && isOpen(this.#state)) this.#follow(signal);
    }
  }

  #follow(signal: AbortSignal): void {
    if (!this.#known || !this.#urls) return;
    const { random, isOnline, onWake, loadFollowOrder } = this.#ports;
    const following = this.#known.followPatiently(loadFollowOrder, {
      backend: this.#backend(),
      urls: this.#urls,
      updates: this.#listener.settings().updates,
      random,
      isOnline,
      signal,
      onAnswer: (answer) => this.#report(answer, signal),
      onHealth: (health) => signal.aborted || this.#setHealth(health),
      onProblem: (error) => signal.aborted || this.#errors.tell(error),
      remaining: () => this.remaining,
      onLapsed: () => this.#apply({ type: 'lapsed' }),
      onGivenUp: () => this.#apply({ type: 'given-up' }),
    });
    this.#following = following;
    onWake(() => void following.check().catch(() => {}), signal);
  }

  /** Takes a later answer about the order on screen; rejects when it says nothing of it. */
  async #report(answer: Answer, signal: AbortSignal): Promise<void> {
    const present = orderOf(this.#state);
    if (!this.#known || !present) return;
    const word = await this.#known.laterWord(answer, present, this.#context(signal));
    signal.throwIfAborted();
    const { order } = word;
    this.#errors.recover(word.problems);
    // PayBy's own word for an order that was withdrawn is the same as for one that failed.
    const isWithdrawn = this.#cancelling === 'asked' && order.status === 'failed' && !order.failure;
    this.#take(isWithdrawn ? { ...word, order: { ...order, status: 'cancelled' } } : word);
  }

  #take({ order, problems }: OrderWord): void {
    this.#serverClock.sync(order.now);
    this.#apply({ type: 'reported', order });
    for (const problem of problems) this.#errors.tell(problem);
    this.#following?.retime();
    this.#host.requestUpdate();
  }

  #apply(event: OrderEvent): void {
    const previous = this.#state;
    const next = nextState(previous, event);
    this.#state = next;
    if (looksSame(next, previous)) return;
    if (orderOf(next) && !isFollowed(next)) this.#endRun();
    this.#host.requestUpdate();
    this.#listener.onState(next, previous);
  }

  #endRun(): void {
    this.#run.abort();
    this.#following = undefined;
    this.#health = 'live';
    this.#cancelling = 'no';
  }

  async #load(): Promise<KnownOrder> {
    try {
      this.#known ??= await this.#ports.loadKnownOrder();
      return this.#known;
    } catch (cause) {
      throw notLoaded(cause);
    }
  }

  #context(signal: AbortSignal) {
    const { endpoint, base, tokenHosts } = this.#listener.settings();
    const { clock, loadDecoder } = this.#ports;
    return { endpoint, base, tokenHosts, clock, loadDecoder, signal };
  }

  #backend(): Backend {
    const { requestInit } = this.#listener.settings();
    const { fetch, clock } = this.#ports;
    return { fetch, clock, ...(requestInit && { requestInit }) };
  }

  #setHealth(health: Health): void {
    if (health === this.#health) return;
    this.#health = health;
    this.#host.requestUpdate();
  }

  #setCancelling(cancelling: 'no' | 'asked' | 'refused'): void {
    this.#cancelling = cancelling;
    this.#host.requestUpdate();
  }
}

/** The id an order names itself by, in the contract's form or PayBy's. */
function idOf(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  if ('id' in value) return typeof value.id === 'string' ? value.id : undefined;
  if ('body' in value) return idOf(value.body);
  if ('acquireOrder' in value) return idOf(value.acquireOrder);
  return 'merchantOrderNo' in value ? value.merchantOrderNo : undefined;
}
