import type { FakeClock } from '../fake-clock.ts';
import { CheckoutPage } from './checkout-page.ts';
import type { Course, Step } from './course.ts';
import { isWaiting, Oracle } from './oracle.ts';
import { settle } from './settle.ts';
import { type Call, UnrulyBackend } from './unruly-backend.ts';
import type { Word } from './words.ts';
import type { World } from './world.ts';

const minute = 60_000;

/**
 * Puts one checkout through a course and holds it to what must be so whatever happens.
 *
 * @throws Violation when a promise was broken
 */
export class Ordeal {
  readonly #course: Course;
  readonly #world: World;
  readonly #clock: FakeClock;
  readonly #oracle: Oracle;
  readonly #backend: UnrulyBackend;
  readonly #page: CheckoutPage;
  /** What the page was clearly told in the present step. */
  #heardPaid: string | undefined;

  constructor(course: Course, world: World) {
    this.#course = course;
    this.#world = world;
    this.#clock = world.begin();
    this.#oracle = new Oracle(course.setup.tokenHosts);
    this.#oracle.keys.remember();
    this.#backend = new UnrulyBackend(course, this.#clock, {
      onCall: (call) => this.#requested(call),
      onWord: (word, isOwn) => this.#said(word, isOwn),
    });
    world.fetch = this.#backend.fetch;
    world.onLeave = (url) => this.#oracle.left(url, this.#page.element);
    this.#page = new CheckoutPage(course, this.#backend, this.#oracle, this.#clock);
  }

  #requested(call: Call): void {
    this.#oracle.requested(call, this.#page.element);
    const creates = this.#backend.open.filter(({ kind }) => kind === 'create');
    if (creates.length > 1) this.#oracle.accuse(`${creates.length} create requests at once`);
  }

  #said(word: Word, isOwn: boolean): void {
    this.#oracle.note(`said: ${JSON.stringify(word)}`);
    this.#oracle.testimony.add(word, isOwn);
  }

  async run(): Promise<void> {
    try {
      await settle();
      this.#check();
      for (const step of this.#course.steps) await this.#take(step);
      if (this.#course.end === 'healed') await this.#heal();
      if (this.#course.end === 'waited-out') await this.#waitOut();
    } finally {
      this.#page.remove();
    }
    await settle();
    this.#check();
    await this.#clock.advance(15 * minute);
    this.#check();
  }

  async #take(step: Step): Promise<void> {
    const { element } = this.#page;
    this.#oracle.keys.remember();
    const wasConnected = element.isConnected;
    this.#heardPaid = undefined;
    this.#oracle.note(`${this.#clock.now()} ms: ${JSON.stringify(step)}`);
    if (step.do === 'wait') await this.#clock.advance(step.ms);
    else if (step.do === 'release') this.#backend.release(step.nth);
    else if (step.do === 'stream') this.#backend.stream(step.act);
    else if (step.do === 'message') this.#say(step.plan);
    else this.#page.take(step);
    await settle();
    if (wasConnected && element.isConnected && this.#heardPaid) {
      this.#mustNotWait(this.#heardPaid);
    }
    this.#check();
  }

  #say(plan: Parameters<UnrulyBackend['say']>[0]): void {
    const word = this.#backend.say(plan);
    if (word?.isPaid) this.#heardPaid = word.id;
  }

  /** A payment that the page was told of must not be waited for. */
  #mustNotWait(id: string): void {
    const { state } = this.#page.element;
    if (!('order' in state) || state.order.id !== id) return;
    if (isWaiting(state) || 'isLapsed' in state) {
      this.#oracle.accuse(`order ${id} was said to be paid, and is ${state.phase}`);
    }
  }

  /** Whoever still waits for an order that was paid hears of it before long. */
  async #heal(): Promise<void> {
    const { element } = this.#page;
    const waitsFor = openOrder(element);
    if (!waitsFor || !this.#canHear) return;
    this.#backend.recover('paid');
    // Who wants the event stream alone may have none; looking at the page asks all the same.
    if (element.updates === 'sse') window.dispatchEvent(new Event('pageshow'));
    // A listener may still take the element off the page.
    const stillWaits = () => this.#canHear && openOrder(element) === waitsFor;
    for (let waited = 0; stillWaits(); waited += 5000) {
      if (waited > 4 * minute) {
        this.#oracle.accuse(`order ${waitsFor} was paid, and nobody noticed`);
        break;
      }
      await this.#clock.advance(5000);
    }
    this.#check();
  }

  /** An order that nobody pays does not wait for ever, if it has an end. */
  async #waitOut(): Promise<void> {
    const { element } = this.#page;
    const waitsFor = openOrder(element);
    if (!waitsFor || !element.order?.expiresAt || !this.#canHear) return;
    this.#backend.recover('pending');
    await this.#clock.advance(15 * minute);
    // A listener may have asked for another one meanwhile, or taken the element off the page.
    const stillWaits = this.#canHear && openOrder(element) === waitsFor;
    if (stillWaits) this.#oracle.accuse(`order ${waitsFor} has no end`);
    this.#check();
  }

  get #canHear(): boolean {
    return this.#page.element.isConnected && this.#course.setup.requestInit === 'none';
  }

  /** What must hold whenever nothing is under way. */
  #check(): void {
    const { element } = this.#page;
    this.#oracle.look(element);
    if (!element.isConnected) this.#isGone();
    for (const error of this.#world.takeErrors()) this.#oracle.accuse(`uncaught: ${error}`);
    this.#oracle.verdict();
  }

  /** An element that is not on the page does nothing and holds nothing. */
  #isGone(): void {
    const timers = this.#clock.pending - this.#backend.delayed;
    if (timers > 0) this.#oracle.accuse(`${timers} timers after disconnect`);
    const [open] = this.#backend.open;
    if (open) this.#oracle.accuse(`a ${open.kind} request goes on after disconnect`);
    for (const [what, count] of Object.entries(this.#world.leftovers)) {
      if (count > 0) this.#oracle.accuse(`${count} ${what} of the page after disconnect`);
    }
  }
}

const openOrder = ({ state, order }: CheckoutPage['element']): string | undefined =>
  isWaiting(state) ? order?.id : undefined;
