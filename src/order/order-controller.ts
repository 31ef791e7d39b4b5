import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { Attempt, asText } from './attempt.ts';
import type { Answer, Backend } from './backend.ts';
import { asCheckoutError, type CheckoutError, notLoaded } from './checkout-error.ts';
import type { Health } from './follow-order.ts';
import type { OpenOrder, OrderOwner } from './open-order.ts';
import { backendOf, type OrderListener, type OrderPorts } from './order-ports.ts';
import { canStart, isFollowed, isOpen, type OrderState, orderOf } from './order-state.ts';
import type { OrderWord } from './order-word.ts';

type OrderReading = typeof import('./open-order.ts');

/** Owns the run of one checkout: creates the order, follows it, and lets go of it on disconnect. */
export class OrderController implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #listener: OrderListener;
  readonly #ports: OrderPorts;
  readonly #owner: OrderOwner;
  readonly #attempt: Attempt;
  #state: OrderState = { phase: 'idle' };
  #isConnected = false;
  /** One run from the request for an order to its end; a run that was ended writes nothing. */
  #run = new AbortController();
  /** The run has begun and not ended. */
  #isRunning = false;
  /** An order that the page brought along; nothing is created then. */
  #given: Answer | undefined;
  /** What can be done with the order on screen, or the last one that was. */
  #open: OpenOrder | undefined;

  constructor(host: ReactiveControllerHost, listener: OrderListener, ports: OrderPorts) {
    this.#host = host;
    this.#listener = listener;
    this.#ports = ports;
    this.#attempt = new Attempt(ports.storage);
    this.#owner = {
      ports,
      settings: () => listener.settings(),
      state: () => this.#state,
      become: (state, isSilent) => this.#become(state, isSilent),
      update: () => host.requestUpdate(),
      onError: (error) => listener.onError(error),
    };
    host.addController(this);
  }

  /** The order as the page brought it along, before anybody has read it. */
  get given(): Answer | undefined {
    return this.#given;
  }

  get state(): OrderState {
    return this.#state;
  }

  /** How the page hears of its order; meaningful while the order is open. */
  get health(): Health {
    return this.#open?.health ?? 'live';
  }

  /** Whether cancelling is under way, or could not be done. */
  get cancelling(): 'no' | 'asked' | 'refused' {
    return this.#open?.cancelling ?? 'no';
  }

  /** Time left to pay, ms, by the server's clock; undefined for an order without an end. */
  get remaining(): number | undefined {
    return this.#open?.remaining;
  }

  hostConnected(): void {
    this.#isConnected = true;
    // An order that came with the page is not read in one with all else that comes with the connection.
    if (!this.#given || isFollowed(this.#state)) this.#go();
    else void this.#ports.nextTask().then(() => this.#isRunning || this.#go());
  }

  hostDisconnected(): void {
    this.#isConnected = false;
    this.#endRun();
  }

  /** Creates an order, unless one is under way, open or paid. */
  start(): void {
    const { state } = this;
    if (!canStart(state)) return;
    // A try that broke may have made an order all the same: its key finds that one again.
    if (orderOf(state)) this.#attempt.end();
    // A given order that could not be read for want of a part of the script is still the one to show.
    const isGiven = state.phase === 'error' && state.error.retryable;
    this.#begin(isGiven ? this.#given : undefined);
  }

  /** Before a start: goes on with what this tab was waiting for when the page was left or reloaded. */
  resume(): void {
    if (this.#state.phase !== 'idle') return;
    if (this.#attempt.isPending(this.#listener.settings())) this.start();
  }

  /** Another reference is another order: one that is over makes room for it. */
  moveOn(): void {
    if (this.#given || this.#state.phase === 'creating' || isFollowed(this.#state)) return;
    this.#endRun();
    this.#become({ phase: 'idle' });
  }

  /** Shows and follows an order that the page's own server has made. Nothing is created. */
  adopt(value: unknown): void {
    const given = { value, source: '<payby-checkout>' };
    if (this.#state.phase === 'creating' && asText(value) === asText(this.#given?.value)) return;
    if (this.#open?.report(given, this.#run.signal)) return;
    this.reset();
    this.#begin(given);
  }

  /** Withdraws the order at the backend, whose answer decides; before there is one, just stops. */
  async cancel(): Promise<void> {
    if (this.#state.phase === 'creating') {
      this.#endRun();
      this.#given = undefined;
      this.#attempt.hide();
      this.#become({ phase: 'idle' });
    }
    if (isOpen(this.#state)) await this.#open?.cancel(this.#run.signal);
  }

  /** Forgets the order on this page; at the backend it goes on. */
  reset(): void {
    this.#endRun();
    this.#attempt.end();
    this.#given = undefined;
    this.#become({ phase: 'idle' });
  }

  /** Asks for the order's status at once. */
  async check(): Promise<void> {
    await this.#open?.check();
  }

  /** How to follow has changed. */
  refollow(): void {
    if (isFollowed(this.#state)) this.#go();
  }

  #begin(given: Answer | undefined): void {
    this.#endRun();
    this.#given = given;
    this.#become({ phase: 'creating' });
    this.#go();
  }

  /** Goes on from wherever the order stands, in a run of its own. */
  readonly #go = (): void => {
    const isCreated = isFollowed(this.#state);
    if (!isCreated && this.#state.phase !== 'creating') return;
    // A browser prepares pages that nobody may ever look at: no order is made for those.
    if (!this.#isConnected || this.#ports.isAhead(this.#go)) return;
    this.#endRun();
    this.#run = new AbortController();
    this.#isRunning = true;
    const { signal } = this.#run;
    if (isCreated) this.#open?.follow(signal);
    else void this.#create(signal);
  };

  async #create(signal: AbortSignal): Promise<void> {
    let open: OpenOrder;
    let word: OrderWord;
    try {
      // Loaded while the backend is asked.
      const [loading, asking] = [this.#load(), this.#ask(signal)];
      const [{ OpenOrder, readOrder }, said] = await Promise.all([loading, asking]);
      if (signal.aborted) return;
      word = 'order' in said ? said : await readOrder(said, this.#owner, signal);
      open = new OpenOrder(this.#owner, word);
      await this.#ports.nextTask(); // showing it takes a slow phone long enough
    } catch (cause) {
      if (!signal.aborted) this.#fail(asCheckoutError(cause));
      return;
    }
    if (signal.aborted) return;
    this.#open = open;
    try {
      open.take(word);
    } finally {
      // Whatever went wrong in showing it: an order on screen is followed.
      if (!signal.aborted && isOpen(this.#state)) open.follow(signal);
    }
  }

  /** The given order; or the one that this attempt has made before; or else a new one. */
  async #ask(signal: AbortSignal): Promise<Answer | OrderWord> {
    if (this.#given) return this.#given;
    const settings = this.#listener.settings();
    this.#attempt.begin(settings);
    if (this.#attempt.order) {
      const { recallOrder } = await this.#load();
      const recalled = await recallOrder(this.#attempt, this.#owner, signal);
      if (recalled) return recalled;
    }
    signal.throwIfAborted();
    return this.#attempt.request(settings, this.#backend(), signal);
  }

  #fail(error: CheckoutError): void {
    this.#endRun();
    if (!error.retryable) this.#attempt.refused(error.httpStatus);
    this.#become({ phase: 'error', error });
    this.#listener.onError(error);
  }

  #become(
    next: OrderState,
    isSilent = next.phase === 'idle' && this.#state.phase === 'idle',
  ): void {
    const previous = this.#state;
    this.#state = next;
    if (isSilent) return;
    const order = orderOf(next);
    if (order && !this.#given) this.#attempt.keep(order);
    if (order && !isFollowed(next)) this.#endRun();
    this.#host.requestUpdate();
    this.#listener.onState(next, previous);
  }

  #endRun(): void {
    // Only what goes on: the error that an abort makes has the browser find out where in the script it is.
    const wasRunning = this.#isRunning;
    this.#isRunning = false;
    if (wasRunning) this.#run.abort();
    this.#open?.rest();
  }

  /** What is answered is read by a part of the script that comes while the backend is asked. */
  #backend(): Backend {
    const read: Backend['read'] = async (...answer) => (await this.#load()).readAnswer(...answer);
    return backendOf(this.#owner, read);
  }

  async #load(): Promise<OrderReading> {
    try {
      return await this.#ports.loadOpenOrder();
    } catch (cause) {
      throw notLoaded(cause);
    }
  }
}
