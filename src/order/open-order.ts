import type { Order } from '../protocol.ts';
import type { Attempt } from './attempt.ts';
import { type Answer, callBackend, requestTimeout } from './backend.ts';
import { asCheckoutError, CheckoutError } from './checkout-error.ts';
import { ErrorReporter } from './error-reporter.ts';
import type { Following, Health } from './follow-order.ts';
import { followPatiently } from './follow-patiently.ts';
import { looksSame, nextState, type OrderNews } from './next-state.ts';
import { backendOf, type OrderPorts, type OrderSettings } from './order-ports.ts';
import { isFollowed, type OrderState, orderOf } from './order-state.ts';
import { type OrderUrls, orderUrls } from './order-urls.ts';
import { firstWord, laterWord, type OrderWord } from './order-word.ts';
import { plainOrder } from './plain-order.ts';
import { readAnswer } from './read-answer.ts';
import { ServerClock } from './server-clock.ts';
import { tokenHosts as allTokenHosts } from './token-hosts.ts';

/** The checkout whose order it is. */
export interface OrderOwner {
  readonly ports: OrderPorts;
  settings(): OrderSettings;
  state(): OrderState;
  /** @param isSilent nothing that anybody sees has changed */
  become(state: OrderState, isSilent: boolean): void;
  /** Something other than the state has changed. */
  update(): void;
  onError(error: CheckoutError): void;
}

/** An order that the backend has answered: read, followed, withdrawn. */
export class OpenOrder {
  readonly #owner: OrderOwner;
  readonly #urls: OrderUrls | undefined;
  readonly #errors: ErrorReporter;
  readonly #serverClock: ServerClock;
  #following: Following | undefined;
  #health: Health = 'live';
  #cancelling: 'no' | 'asked' | 'refused' = 'no';

  /** @param word the first answer about it */
  constructor(owner: OrderOwner, word: OrderWord) {
    this.#owner = owner;
    this.#urls = word.urls;
    this.#errors = new ErrorReporter((error) => owner.onError(error));
    this.#serverClock = new ServerClock(owner.ports.clock);
    // Known before anybody is told of the order.
    this.#serverClock.sync(word.order.now);
  }

  /** How the page hears of it; meaningful while it is open. */
  get health(): Health {
    return this.#health;
  }

  /** Whether cancelling is under way, or could not be done. */
  get cancelling(): 'no' | 'asked' | 'refused' {
    return this.#cancelling;
  }

  /** Time left to pay, ms, by the server's clock; undefined for an order without an end. */
  get remaining(): number | undefined {
    return this.#serverClock.remaining(orderOf(this.#owner.state())?.expiresAt);
  }

  /** Follows the order until the signal is aborted. */
  follow(signal: AbortSignal): void {
    if (!this.#urls) return;
    const { ports, settings } = this.#owner;
    const following = followPatiently(ports.loadFollowOrder, {
      backend: backendOf(this.#owner, readAnswer),
      urls: this.#urls,
      updates: settings().updates,
      random: ports.random,
      isOnline: ports.isOnline,
      signal,
      onAnswer: (answer) => this.#read(answer, signal),
      onHealth: (health) => signal.aborted || this.#setHealth(health),
      onProblem: (error) => signal.aborted || this.#errors.tell(error),
      remaining: () => this.remaining,
      onLapsed: () => this.#apply({ type: 'lapsed' }),
      onGivenUp: () => this.#apply({ type: 'given-up' }),
    });
    this.#following = following;
    ports.onWake(() => void following.check().catch(() => {}), signal);
  }

  /** Nobody follows it any more. */
  rest(): void {
    this.#following = undefined;
    this.#health = 'live';
    this.#cancelling = 'no';
  }

  /** Asks for the order's status at once. */
  async check(): Promise<void> {
    await this.#following?.check();
  }

  /**
   * Takes what the page says of the order on screen: one more report, and never a beginning. What cannot
   * be read is told as an error.
   *
   * @returns whether it is about that order
   */
  report(answer: Answer, run: AbortSignal): boolean {
    const state = this.#owner.state();
    const present = orderOf(state);
    const id = idOf(answer.value);
    if (!present || (id !== present.id && (id !== undefined || !isFollowed(state)))) return false;
    // Also of an order that is over, whose run has ended.
    const signal = run.aborted ? new AbortController().signal : run;
    this.#read(answer, signal).catch((cause: unknown) => {
      if (!signal.aborted) this.#errors.tell(asCheckoutError(cause));
    });
    return true;
  }

  /** Withdraws the order at the backend, whose answer decides. */
  async cancel(signal: AbortSignal): Promise<void> {
    if (!this.#urls || this.#cancelling === 'asked') return;
    this.#setCancelling('asked');
    try {
      const url = this.#urls.cancel;
      const call = { url, method: 'POST', signal, timeout: requestTimeout } as const;
      await this.#read(await callBackend(backendOf(this.#owner, readAnswer), call), signal);
      if (!signal.aborted) this.#setCancelling('no');
    } catch (cause) {
      if (signal.aborted) return;
      this.#setCancelling('refused');
      this.#owner.onError(asCheckoutError(cause));
      // An order that cannot be cancelled may have been paid.
      void this.check().catch(() => {});
    }
  }

  /** Takes a later answer about the order; rejects when it says nothing of it. */
  async #read(answer: Answer, signal: AbortSignal): Promise<void> {
    const present = orderOf(this.#owner.state());
    if (!present) return;
    const word = await laterWord(answer, present, wordContext(this.#owner, signal));
    signal.throwIfAborted();
    if (orderOf(this.#owner.state())?.id !== present.id) return;
    const { order } = word;
    this.#errors.recover(word.problems);
    // PayBy's own word for an order that was withdrawn is the same as for one that failed.
    const isWithdrawn = this.#cancelling === 'asked' && order.status === 'failed' && !order.failure;
    this.take(isWithdrawn ? { ...word, order: { ...order, status: 'cancelled' } } : word);
  }

  /** Tells the checkout what was answered. */
  take({ order, problems }: OrderWord): void {
    this.#serverClock.sync(order.now);
    this.#apply({ type: 'reported', order });
    for (const problem of problems) this.#errors.tell(problem);
    this.#following?.retime();
    this.#owner.update();
  }

  #apply(news: OrderNews): void {
    const state = this.#owner.state();
    const next = nextState(state, news);
    this.#owner.become(next, looksSame(next, state));
  }

  #setHealth(health: Health): void {
    if (health === this.#health) return;
    this.#health = health;
    this.#owner.update();
  }

  #setCancelling(cancelling: 'no' | 'asked' | 'refused'): void {
    this.#cancelling = cancelling;
    this.#owner.update();
  }
}

export { readAnswer };

/**
 * Makes the first answer about an order the one on screen, and follows it.
 *
 * @throws CheckoutError when it cannot be shown or followed
 */
export const readOrder = (answer: Answer, owner: OrderOwner, signal: AbortSignal) =>
  firstWord(answer, wordContext(owner, signal));

/**
 * Asks for the order that this attempt has made before, be it before the page was loaded; undefined when
 * it is to be asked for by the key alone.
 *
 * @throws CheckoutError when the backend does not say what became of it
 */
export async function recallOrder(
  attempt: Attempt,
  owner: OrderOwner,
  signal: AbortSignal,
): Promise<OrderWord | undefined> {
  const { order } = attempt;
  const known = plainOrder(order);
  const recalled = known && (await askFor(known, owner, signal));
  if (!recalled) attempt.forget();
  // What was paid is not to be paid again without a press.
  if (recalled || order?.status !== 'paid') return recalled;
  attempt.end();
  throw new CheckoutError('order-rejected', `Order ${order.id}, paid before, is unknown now.`);
}

/** What the backend says of an order; undefined when it knows none of that id. */
async function askFor(
  known: Order,
  owner: OrderOwner,
  signal: AbortSignal,
): Promise<OrderWord | undefined> {
  const { endpoint, base } = owner.settings();
  const { status: url } = orderUrls(known, endpoint, base);
  try {
    const call = { url, method: 'GET', signal, timeout: requestTimeout } as const;
    const answer = await callBackend(backendOf(owner, readAnswer), call);
    return await firstWord(answer, wordContext(owner, signal), known);
  } catch (cause) {
    const isGone = cause instanceof CheckoutError && [404, 410].includes(cause.httpStatus ?? 0);
    if (isGone) return undefined;
    throw cause;
  }
}

function wordContext(owner: OrderOwner, signal: AbortSignal) {
  const { endpoint, base, tokenHosts } = owner.settings();
  const { clock, loadDecoder } = owner.ports;
  return { endpoint, base, tokenHosts: allTokenHosts(tokenHosts), clock, loadDecoder, signal };
}

/** The id an order names itself by, in the contract's form or PayBy's. */
function idOf(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  if ('id' in value) return typeof value.id === 'string' ? value.id : undefined;
  if ('body' in value) return idOf(value.body);
  if ('acquireOrder' in value) return idOf(value.acquireOrder);
  return 'merchantOrderNo' in value ? value.merchantOrderNo : undefined;
}
