import type { PaybyCheckout } from '../../../../src/index.ts';
import type { EventName } from '../event-names.ts';
import { KeyLedger } from './key-ledger.ts';
import { Testimony } from './testimony.ts';
import type { Call } from './unruly-backend.ts';
import { mayLeadTo } from './words.ts';

/** A promise that was broken. */
export class Violation extends Error {
  override readonly name = 'Violation';
}

type State = PaybyCheckout['state'];
type CheckoutEvent = HTMLElementEventMap[EventName];

const outcomes = ['payby-paid', 'payby-failed', 'payby-expired', 'payby-cancelled'] as const;
type Outcome = (typeof outcomes)[number];

/** What has happened to one element, as far as an onlooker can tell. */
interface Seen {
  /** How each order ended, by its id. */
  told: Map<string, Outcome>;
  /** An order that lapsed and was left for another, which may turn out to be the same. */
  left: string | undefined;
  /** The page has named another reference, for which one that is over makes room. */
  isMovingOn: boolean;
  /** The page is resetting it right now. */
  isResetting: boolean;
}

/**
 * Watches one course from outside. It models nothing: every rule is about what was said, heard, shown or
 * requested.
 */
export class Oracle {
  readonly testimony = new Testimony();
  readonly keys = new KeyLedger((broken) => this.accuse(broken));
  readonly #seen = new WeakMap<PaybyCheckout, Seen>();
  readonly #redirects = new Map<string, Event>();
  readonly #visited = new Set<string>();
  readonly #tokenHosts: string;
  readonly #notes: string[] = [];
  #violation: Violation | undefined;

  constructor(tokenHosts: string) {
    this.#tokenHosts = tokenHosts;
  }

  /** What a page's listener throws is swallowed; so the first violation is kept, and thrown by this. */
  verdict(): void {
    if (this.#violation) throw this.#violation;
  }

  accuse(broken: string): void {
    this.#violation ??= new Violation([broken, ...this.#notes.slice(-60)].join('\n  '));
  }

  /** Adds a line to what a violation tells of its course. */
  note(line: string): void {
    if (!this.#violation) this.#notes.push(line);
  }

  /** A request goes out for this element. */
  requested(call: Call, element: PaybyCheckout): void {
    this.note(`requested: ${call.kind} ${call.id} ${call.key}`);
    if (!element.isConnected) this.accuse(`a ${call.kind} request after disconnect`);
    if (call.kind !== 'create') return;
    const { phase } = element.state;
    if (phase !== 'creating') this.accuse(`an order is created beside one that is ${phase}`);
    this.keys.used(call.key, element);
  }

  /** The element has sent an event. */
  heard(event: CheckoutEvent, element: PaybyCheckout): void {
    const { state, order } = element;
    this.note(`${event.type} (${state.phase} ${order?.id ?? ''})`);
    if ('order' in event && !this.testimony.isOwn(event.order.id)) {
      this.accuse(`${event.type} of order ${event.order.id}, which is none of this page's`);
    }
    if (is(event, 'payby-order')) this.#began(event.order.id, element);
    if (isOver(state) && state.phase !== 'paid') this.keys.ended(order?.id ?? '', element);
    if (is(event, 'payby-change')) this.#changed(event.previous, event.state, element);
    if (is(event, 'payby-error')) this.keys.failed(event, element);
    if (is(event, 'payby-redirect')) {
      this.#mayLeadTo(event.url);
      this.#redirects.set(event.order.id, event);
    }
    for (const outcome of outcomes) {
      if (is(event, outcome)) this.#ended(outcome, event.order.id, element);
    }
  }

  /** Runs what makes the element forget its order. */
  reset(element: PaybyCheckout, act: () => void): void {
    const seen = this.#of(element);
    const wasResetting = seen.isResetting;
    seen.isResetting = true;
    act();
    seen.isResetting = wasResetting;
    this.keys.dropped(element);
  }

  /** The page names another reference. */
  moved(element: PaybyCheckout): void {
    this.#of(element).isMovingOn = true;
  }

  /** The page leaves for `url`. */
  left(url: string, element: PaybyCheckout): void {
    const id = element.order?.id ?? '';
    const redirect = this.#redirects.get(id);
    this.#mayLeadTo(url);
    if (!element.isConnected) this.accuse('left after disconnect');
    if (!redirect || redirect.defaultPrevented) this.accuse('left against the will of the page');
    if (this.#visited.has(id)) this.accuse(`order ${id} leads away from the page again`);
    this.#visited.add(id);
  }

  /** Looks at what is on screen while nothing is under way. */
  look(element: PaybyCheckout): void {
    const { state, shadowRoot } = element;
    if (state.phase === 'paid' && !this.testimony.isPaid(state.order.id)) {
      this.accuse(`order ${state.order.id} is paid, and nobody said so`);
    }
    const isShownPaid = shadowRoot?.querySelector('.result.paid') !== null;
    if (isShownPaid && state.phase !== 'paid') this.accuse(`"Paid" is shown while ${state.phase}`);
    for (const link of shadowRoot?.querySelectorAll('a[href]') ?? []) {
      this.#mayLeadTo(link.getAttribute('href') ?? '');
    }
    if (!isOver(state) || !('order' in state)) return;
    const { id } = state.order;
    const told = this.#of(element).told.get(id);
    if (!told || (state.phase === 'paid' && told !== 'payby-paid')) {
      this.accuse(`order ${id} is ${state.phase}, and nobody was told`);
    }
  }

  #began(id: string, element: PaybyCheckout): void {
    this.keys.answered(id, element);
  }

  #changed(previous: State, next: State, element: PaybyCheckout): void {
    const seen = this.#of(element);
    const { told, isResetting, left } = seen;
    const nextId = 'order' in next ? next.order.id : undefined;
    if (left && (nextId || next.phase === 'idle')) {
      if (left !== nextId && !told.has(left)) {
        this.accuse(`order ${left} has lapsed, and nobody was told`);
      }
      seen.left = undefined;
    }
    if (!('order' in previous)) return;
    const { id } = previous.order;
    const isAnother = !('order' in next) || next.order.id !== id;
    const hasMovedOn = seen.isMovingOn && next.phase === 'idle';
    if (previous.phase === 'paid' && next.phase !== 'paid' && !isResetting && !hasMovedOn) {
      this.accuse(`paid became ${next.phase}`);
    }
    if (isWaiting(previous) && isAnother && !isResetting) {
      this.accuse(`order ${id} was given up for ${next.phase}`);
    }
    if ('isLapsed' in previous && next.phase === 'creating') {
      seen.left = id;
      this.keys.ended(id, element);
    }
  }

  #ended(outcome: Outcome, id: string, element: PaybyCheckout): void {
    const { told } = this.#of(element);
    const before = told.get(id);
    // A payment that turns up after all is told.
    const isLatePayment = outcome === 'payby-paid' && before !== 'payby-paid';
    if (before && !isLatePayment) this.accuse(`${outcome} after ${before} for order ${id}`);
    told.set(id, outcome);
    const { testimony } = this;
    const mayBe =
      outcome === 'payby-paid'
        ? testimony.isPaid(id)
        : testimony.isOver(id) || (outcome === 'payby-expired' && testimony.hasEnd(id));
    if (!mayBe) this.accuse(`${outcome} for order ${id}, of which nobody said so`);
    if (outcome !== 'payby-paid') this.keys.ended(id, element);
  }

  #mayLeadTo(url: string): void {
    if (!mayLeadTo(url, this.#tokenHosts)) this.accuse(`a way to ${url}`);
  }

  #of(element: PaybyCheckout): Seen {
    const seen = this.#seen.get(element) ?? {
      told: new Map(),
      left: undefined,
      isMovingOn: false,
      isResetting: false,
    };
    this.#seen.set(element, seen);
    return seen;
  }
}

const is = <Name extends EventName>(
  event: CheckoutEvent,
  name: Name,
): event is HTMLElementEventMap[Name] => event.type === name;

/** Whether nothing more can be heard of the order on screen. */
const isOver = (state: State): boolean =>
  outcomes.some((outcome) => outcome === `payby-${state.phase}`) && !('isLapsed' in state);

/** Whether the order on screen can be paid. */
export const isWaiting = (state: State): boolean =>
  state.phase === 'awaiting' || state.phase === 'scanned';
