import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { type DecodedOrder, isFinal } from '../protocol.ts';
import { type Backend, callBackend } from './backend.ts';
import { asCheckoutError, CheckoutError } from './checkout-error.ts';
import { type ServerTime, serverNow } from './clock.ts';
import {
  admitOrder,
  callCreateOrder,
  decodeAnswer,
  newIdempotencyKey,
  requestOrder,
} from './create-order.ts';
import { requestTimeout } from './delays.ts';
import { ErrorReporter } from './error-reporter.ts';
import { ExpiryWatch } from './expiry-watch.ts';
import { type Following, followOrder, type Health } from './follow-order.ts';
import { type OrderListener, type OrderPorts, systemPorts } from './order-ports.ts';
import {
  canStart,
  isOpen,
  looksSame,
  nextState,
  type OrderEvent,
  type OrderState,
  orderOf,
} from './order-state.ts';
import { orderUrls } from './order-urls.ts';

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
  #expiry: ExpiryWatch | undefined;
  readonly #errors: ErrorReporter;

  constructor(host: ReactiveControllerHost, listener: OrderListener, ports = systemPorts) {
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
    else if (isOpen(this.#state)) this.#follow();
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
    this.#apply({ type: 'started' });
    if (this.#isConnected) void this.#create();
  }

  /** Shows and follows an order that the page's own server has made. Nothing is created. */
  adopt(answer: unknown): void {
    try {
      const decoded = decodeAnswer(answer, this.#ports.clock.epoch(), '<payby-checkout>');
      if (decoded.order.id === orderOf(this.#state)?.id) {
        this.#report(decoded);
        return;
      }
      this.reset();
      this.#apply({ type: 'started' });
      this.#admit(decoded);
    } catch (cause) {
      this.reset();
      this.#apply({ type: 'started' });
      this.#break(cause);
    }
    if (this.#isConnected && isOpen(this.#state)) this.#follow();
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
      const url = this.#urls().cancel;
      const call = { url, method: 'POST', signal, timeout: requestTimeout } as const;
      const { order, ...rest } = await callBackend(this.#backend(), call);
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
    this.#serverTime = undefined;
    this.#apply({ type: 'reset' });
  }

  /** Asks for the order's status at once. */
  async check(): Promise<void> {
    await this.#following?.check();
  }

  async #create(): Promise<void> {
    const signal = this.#newRun();
    const { endpoint, base, reference, details, createOrder } = this.#listener.settings();
    this.#key ??= newIdempotencyKey();
    const request = {
      paySceneCode: 'DYNQR' as const,
      ...(reference && { reference }),
      ...(details !== undefined && { details }),
      idempotencyKey: this.#key,
      signal,
    };
    try {
      const decoded = createOrder
        ? await callCreateOrder(createOrder, request, this.#ports.clock.epoch())
        : await requestOrder(this.#backend(), endpoint, base, request);
      if (signal.aborted) return;
      this.#admit(decoded);
    } catch (cause) {
      if (!signal.aborted) this.#break(cause);
      return;
    }
    if (isOpen(this.#state)) this.#follow();
  }

  /** Takes the first word about an order; throws when it cannot be shown or followed. */
  #admit(decoded: DecodedOrder): void {
    const { endpoint, base, tokenHosts } = this.#listener.settings();
    const { order, problem } = admitOrder(decoded.order, tokenHosts, false);
    if (order.status === 'pending' || order.status === 'scanned') orderUrls(order, endpoint, base);
    this.#errors.reset();
    this.#syncTime(order.now);
    this.#apply({ type: 'reported', order });
    if (problem) this.#errors.tell(problem);
    if (decoded.unknownStatus) this.#errors.tell(unknownStatus(decoded));
  }

  #follow(): void {
    const signal = this.#newRun();
    const { onWake, random, isOnline } = this.#ports;
    this.#following = followOrder({
      backend: this.#backend(),
      urls: this.#urls(),
      updates: this.#listener.settings().updates,
      random,
      isOnline,
      signal,
      onOrder: (decoded) => {
        if (!signal.aborted) this.#report(decoded);
      },
      onHealth: (health) => {
        if (!signal.aborted) this.#setHealth(health);
      },
      onProblem: (error) => {
        if (!signal.aborted) this.#errors.tell(error);
      },
    });
    this.#expiry = new ExpiryWatch({
      clock: this.#ports.clock,
      remaining: () => this.remaining,
      check: () => this.check(),
      onLapsed: () => this.#apply({ type: 'lapsed' }),
      signal,
    });
    this.#expiry.arm();
    onWake(() => void this.check(), signal);
  }

  /** Takes a later word about the order on screen. */
  #report(decoded: DecodedOrder): void {
    if (decoded.unknownStatus) {
      this.#errors.tell(unknownStatus(decoded));
      return;
    }
    let { order } = decoded;
    try {
      const admitted = admitOrder(order, this.#listener.settings().tokenHosts, true);
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
    this.#expiry?.arm();
  }

  #apply(event: OrderEvent): void {
    const previous = this.#state;
    const next = nextState(previous, event);
    this.#state = next;
    if (looksSame(next, previous)) return;
    if ('order' in next && isFinal(next.order.status)) this.#endRun();
    if (next.phase === 'expired') this.#endRun();
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
    this.#expiry = undefined;
    this.#health = 'live';
  }

  #backend(): Backend {
    const { requestInit } = this.#listener.settings();
    const { fetch, clock } = this.#ports;
    return { fetch, clock, ...(requestInit && { requestInit }) };
  }

  #urls() {
    const { endpoint, base } = this.#listener.settings();
    const order = orderOf(this.#state);
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

const unknownStatus = ({ order, unknownStatus }: DecodedOrder) =>
  new CheckoutError(
    'status-unknown',
    `order.status: "${unknownStatus}" of order ${order.id} is not in the contract; the checkout goes on waiting.`,
  );
