import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { DecodedOrder } from '../protocol.ts';
import { type Answer, type Backend, callBackend } from './backend.ts';
import { asCheckoutError, CheckoutError } from './checkout-error.ts';
import { delay, type ServerTime, serverNow } from './clock.ts';
import { callCreateOrder, newIdempotencyKey, requestOrder } from './create-order.ts';
import { loadRetryDelay, requestTimeout } from './delays.ts';
import { ErrorReporter } from './error-reporter.ts';
import type { Following, Health } from './follow-order.ts';
import type { OrderListener, OrderPorts } from './order-ports.ts';
import {
  canStart,
  isOpen,
  looksSame,
  nextState,
  type OrderEvent,
  type OrderState,
  orderOf,
} from './order-state.ts';

/** Owns the run of one checkout: creates the order, follows it, and lets go of it on disconnect. */
export class OrderController implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #listener: OrderListener;
  readonly #ports: OrderPorts;
  #state: OrderState = { phase: 'idle' };
  #health: Health = 'live';
  #run = new AbortController();
  #isConnected = false;
  #isCancelling = false;
  #key: string | undefined;
  #serverTime: ServerTime | undefined;
  #following: Following | undefined;
  #parts: typeof import('./known-order.ts') | undefined;
  /** An order that the page brought along; nothing is created then. */
  #given: Answer | undefined;
  readonly #errors: ErrorReporter;

  constructor(host: ReactiveControllerHost, listener: OrderListener, ports: OrderPorts) {
    this.#host = host;
    this.#listener = listener;
    this.#ports = ports;
    this.#errors = new ErrorReporter((error) => listener.onError(error));
    host.addController(this);
  }

  get state(): OrderState {
    return this.#state;
  }

  /** How the page hears of its order; meaningful while the order is open. */
  get health(): Health {
    return this.#health;
  }

  get isCancelling(): boolean {
    return this.#isCancelling;
  }

  /** Time left to pay, ms, by the server's clock; undefined for an order without an end. */
  get remaining(): number | undefined {
    const expiresAt = orderOf(this.#state)?.expiresAt;
    return expiresAt === undefined ? undefined : Math.max(0, expiresAt - this.#now());
  }

  hostConnected(): void {
    this.#isConnected = true;
    if (this.#state.phase === 'creating') void this.#create();
    else if (isOpen(this.#state)) void this.#follow();
  }

  hostDisconnected(): void {
    this.#isConnected = false;
    this.#endRun();
  }

  /** Creates an order, unless one is under way, open or paid. */
  start(): void {
    if (!canStart(this.#state)) return;
    // A try that broke may have made an order all the same: its key finds that one again.
    if (orderOf(this.#state)) this.#key = undefined;
    this.#given = undefined;
    this.#begin();
  }

  /** Shows and follows an order that the page's own server has made. Nothing is created. */
  adopt(value: unknown): void {
    const given = { value, source: '<payby-checkout>' };
    if (this.#isSameOrder(given)) return;
    this.reset();
    this.#given = given;
    this.#begin();
  }

  /** Withdraws the order at the backend, whose answer decides; before there is one, just stops. */
  async cancel(): Promise<void> {
    if (this.#state.phase === 'creating') {
      this.#endRun();
      this.#apply({ type: 'reset' });
    }
    if (!isOpen(this.#state) || this.#isCancelling) return;
    const { signal } = this.#run;
    this.#setCancelling(true);
    try {
      const url = this.#urls(await this.#load()).cancel;
      const call = { url, method: 'POST', signal, timeout: requestTimeout } as const;
      const { order, ...rest } = this.#read(await callBackend(this.#backend(), call));
      signal.throwIfAborted();
      // PayBy's own word for an order that was withdrawn is the same as for one that failed.
      const isWithdrawn = order.status === 'failed' && !order.failure;
      this.#report({ order: isWithdrawn ? { ...order, status: 'cancelled' } : order, ...rest });
    } catch (cause) {
      if (!signal.aborted) this.#listener.onError(asCheckoutError(cause));
    } finally {
      this.#setCancelling(false);
    }
  }

  /** Forgets the order on this page; at the backend it goes on. */
  reset(): void {
    this.#endRun();
    this.#key = undefined;
    this.#given = undefined;
    this.#serverTime = undefined;
    this.#apply({ type: 'reset' });
  }

  /** Asks for the order's status at once. */
  async check(): Promise<void> {
    await this.#following?.check();
  }

  #begin(): void {
    this.#apply({ type: 'started' });
    if (this.#isConnected) void this.#create();
  }

  async #create(): Promise<void> {
    const signal = this.#newRun();
    try {
      const [answer] = await Promise.all([this.#given ?? this.#request(signal), this.#load()]);
      if (signal.aborted) return;
      this.#admit(this.#read(answer));
    } catch (cause) {
      if (!signal.aborted) this.#break(cause);
      return;
    }
    if (isOpen(this.#state)) void this.#follow();
  }

  #request(signal: AbortSignal): Promise<Answer> {
    const { endpoint, base, reference, details, createOrder } = this.#listener.settings();
    this.#key ??= newIdempotencyKey();
    const request = {
      paySceneCode: 'DYNQR' as const,
      ...(reference && { reference }),
      ...(details !== undefined && { details }),
      idempotencyKey: this.#key,
      signal,
    };
    return createOrder
      ? callCreateOrder(createOrder, request)
      : requestOrder(this.#backend(), endpoint, base, request);
  }

  /** Takes the first word about an order; throws when it cannot be shown or followed. */
  #admit(decoded: DecodedOrder): void {
    const { admitOrder } = this.#known();
    const { order, problem } = admitOrder(
      decoded.order,
      this.#listener.settings().tokenHosts,
      false,
    );
    this.#urls(this.#known(), order);
    this.#errors.reset();
    this.#syncTime(order.now);
    this.#apply({ type: 'reported', order });
    if (problem) this.#errors.tell(problem);
    if (decoded.unknownStatus) this.#errors.tell(unknownStatus(decoded));
  }

  async #follow(isRetry = false): Promise<void> {
    const signal = this.#newRun();
    const { onWake, random, isOnline, loadFollowOrder } = this.#ports;
    const guard =
      <Value>(act: (value: Value) => void) =>
      (value: Value) => {
        if (!signal.aborted) act(value);
      };
    onWake(() => void this.check(), signal);
    try {
      const { followOrder } = await loadFollowOrder();
      if (signal.aborted) return;
      this.#following = followOrder({
        backend: this.#backend(),
        urls: this.#urls(this.#known()),
        updates: this.#listener.settings().updates,
        random,
        isOnline,
        signal,
        onAnswer: guard((answer: Answer) => this.#report(this.#read(answer))),
        onHealth: guard((health: Health) => this.#setHealth(health)),
        onProblem: guard((error: CheckoutError) => this.#errors.tell(error)),
        remaining: () => this.remaining,
        onLapsed: () => this.#apply({ type: 'lapsed' }),
      });
    } catch (cause) {
      if (signal.aborted) return;
      if (!isRetry) this.#errors.tell(notLoaded(cause));
      await this.#askPlainly(signal);
    }
  }

  /** The part that follows orders could not be loaded: no status is lost over that. */
  async #askPlainly(signal: AbortSignal): Promise<void> {
    try {
      const { status: url } = this.#urls(this.#known());
      const call = { url, method: 'GET', signal, timeout: requestTimeout } as const;
      this.#report(this.#read(await callBackend(this.#backend(), call)));
    } catch (cause) {
      if (!signal.aborted) this.#errors.tell(asCheckoutError(cause));
    }
    await delay(loadRetryDelay, this.#ports.clock, signal).then(
      () => this.#follow(true),
      () => {},
    );
  }

  /** Takes a later word about the order on screen. */
  #report(decoded: DecodedOrder): void {
    if (decoded.unknownStatus) {
      this.#errors.tell(unknownStatus(decoded));
      return;
    }
    let { order } = decoded;
    try {
      const { tokenHosts } = this.#listener.settings();
      const admitted = this.#known().admitOrder(order, tokenHosts, true);
      order = admitted.order;
      this.#errors.recover();
      if (admitted.problem) this.#errors.tell(admitted.problem);
    } catch (cause) {
      // The link is refused; what the backend says of the money still counts.
      this.#errors.tell(asCheckoutError(cause));
      const { tokenUrl: _, appLink: __, ...rest } = order;
      order = rest;
    }
    this.#syncTime(order.now);
    this.#apply({ type: 'reported', order });
    this.#following?.retime();
  }

  #apply(event: OrderEvent): void {
    const previous = this.#state;
    const next = nextState(previous, event);
    this.#state = next;
    if (looksSame(next, previous)) return;
    if (orderOf(next) && !isOpen(next)) this.#endRun();
    this.#host.requestUpdate();
    this.#listener.onState(next, previous);
  }

  #break(cause: unknown): void {
    const error = asCheckoutError(cause);
    this.#apply({ type: 'broke', error });
    this.#listener.onError(error);
  }

  #newRun(): AbortSignal {
    this.#endRun();
    this.#run = new AbortController();
    return this.#run.signal;
  }

  #endRun(): void {
    this.#run.abort();
    this.#following = undefined;
    this.#health = 'live';
  }

  #backend(): Backend {
    const { requestInit } = this.#listener.settings();
    const { fetch, clock } = this.#ports;
    return { fetch, clock, ...(requestInit && { requestInit }) };
  }

  async #load(): Promise<typeof import('./known-order.ts')> {
    try {
      this.#parts ??= await this.#ports.loadKnownOrder();
      return this.#parts;
    } catch (cause) {
      throw notLoaded(cause);
    }
  }

  /** There is no order before this part is loaded. */
  #known(): typeof import('./known-order.ts') {
    if (!this.#parts) throw notLoaded(undefined);
    return this.#parts;
  }

  #read(answer: Answer): DecodedOrder {
    return this.#known().readOrder(answer, this.#ports.clock.epoch());
  }

  /** Takes what the page says of the order on screen as a report. */
  #isSameOrder(given: Answer): boolean {
    const present = orderOf(this.#state);
    if (!present) return false;
    try {
      const decoded = this.#read(given);
      if (decoded.order.id !== present.id) return false;
      this.#report(decoded);
      return true;
    } catch {
      return false;
    }
  }

  #urls({ orderUrls }: typeof import('./known-order.ts'), order = orderOf(this.#state)) {
    const { endpoint, base } = this.#listener.settings();
    if (!order) throw new CheckoutError('configuration', 'There is no order to follow.');
    return orderUrls(order, endpoint, base);
  }

  #now(): number {
    const { clock } = this.#ports;
    return this.#serverTime ? serverNow(this.#serverTime, clock) : clock.epoch();
  }

  #syncTime(epoch: number | undefined): void {
    if (epoch !== undefined) this.#serverTime = { epoch, at: this.#ports.clock.now() };
  }

  #setHealth(health: Health): void {
    if (health === this.#health) return;
    this.#health = health;
    this.#host.requestUpdate();
  }

  #setCancelling(isCancelling: boolean): void {
    this.#isCancelling = isCancelling;
    this.#host.requestUpdate();
  }
}

const notLoaded = (cause: unknown) =>
  new CheckoutError('network', 'A part of the checkout’s script could not be loaded.', {
    cause,
    retryable: true,
  });

const unknownStatus = ({ order, unknownStatus }: DecodedOrder) =>
  new CheckoutError(
    'status-unknown',
    `order.status: "${unknownStatus}" of order ${order.id} is not in the contract; the checkout goes on waiting.`,
  );
