import type { CheckoutError } from '../../../src/order/checkout-error.ts';
import * as decodeAnswer from '../../../src/order/decode-answer.ts';
import * as followOrder from '../../../src/order/follow-order.ts';
import * as openOrder from '../../../src/order/open-order.ts';
import { OrderController } from '../../../src/order/order-controller.ts';
import type { OrderPorts, OrderSettings } from '../../../src/order/order-ports.ts';
import { type OrderState, orderOf, type Phase } from '../../../src/order/order-state.ts';
import type { Order } from '../../../src/protocol.ts';
import { FakeBackend } from './fake-backend.ts';
import { FakeClock, settle } from './fake-clock.ts';
import { fakeStorage } from './fake-storage.ts';

/** A checkout without a page: the controller, a backend, a clock and a wake-up call, all in hand. */
export class OrderHarness {
  readonly clock = new FakeClock();
  readonly backend: FakeBackend;
  readonly phases: Phase[] = [];
  readonly errors: CheckoutError[] = [];
  readonly settings: OrderSettings;
  readonly controller: OrderController;
  isOnline = true;
  /** Shows a page that was only prepared so far; undefined for one that is shown. */
  show: (() => void) | undefined;
  /** The tab's storage; a test may share it between checkouts, or let it fail. */
  storage: () => Storage;
  /** What the page does when it hears of a state. */
  onState: (state: OrderState) => void = () => {};
  /** What the page does when it is to draw itself anew. */
  onUpdate: () => void = () => {};
  /** The lazy parts of the script; a test may let them fail. */
  loadOpenOrder: OrderPorts['loadOpenOrder'] = async () => openOrder;
  loadFollowOrder: OrderPorts['loadFollowOrder'] = async () => followOrder;
  loadDecoder: OrderPorts['loadDecoder'] = async () => decodeAnswer;
  #wake = new Set<() => void>();

  /** @param shared what several checkouts have in common: their backend, and their tab's storage */
  constructor(
    order: Partial<Order> = {},
    settings: Partial<OrderSettings> = {},
    shared: { backend?: FakeBackend; storage?: Storage } = {},
  ) {
    this.backend = shared.backend ?? new FakeBackend(order);
    const { storage = fakeStorage() } = shared;
    this.storage = () => storage;
    this.settings = {
      endpoint: '/api/payby/orders',
      base: 'https://shop.example/cart',
      reference: 'cart-42',
      updates: 'auto',
      tokenHosts: '',
      ...settings,
    };
    const host = {
      addController: () => {},
      removeController: () => {},
      requestUpdate: () => this.onUpdate(),
      updateComplete: Promise.resolve(true),
    };
    const listener = {
      settings: () => this.settings,
      onState: (state: OrderState) => {
        this.phases.push(state.phase);
        this.onState(state);
      },
      onError: (error: CheckoutError) => void this.errors.push(error),
    };
    this.controller = new OrderController(host, listener, {
      nextTask: async () => {},
      loadOpenOrder: () => this.loadOpenOrder(),
      loadFollowOrder: () => this.loadFollowOrder(),
      loadDecoder: () => this.loadDecoder(),
      clock: this.clock,
      fetch: this.backend.fetch,
      random: () => 0.5,
      isOnline: () => this.isOnline,
      storage: () => this.storage(),
      isAhead: (onShown) => {
        if (this.show) this.show = onShown;
        return this.show !== undefined;
      },
      onWake: (callback, signal) => {
        this.#wake.add(callback);
        signal.addEventListener('abort', () => this.#wake.delete(callback));
      },
    });
    this.controller.hostConnected();
  }

  get phase(): Phase {
    return this.controller.state.phase;
  }

  get order(): Order | undefined {
    return orderOf(this.controller.state);
  }

  get listeners(): number {
    return this.#wake.size;
  }

  /** Starts and lets the order arrive and its stream open. */
  async start(): Promise<void> {
    this.controller.start();
    await settle();
  }

  /** The page becomes visible, or the network comes back. */
  async wake(): Promise<void> {
    for (const callback of this.#wake) callback();
    await settle();
  }
}
