import type { Environment } from '../../../../src/device/in-app.ts';
import type { EventName } from '../event-names.ts';

/**
 * A course is all that happens to a checkout, as plain data: how the page sets it up, what its backend
 * answers, and what then happens one after the other. Data, so that a failing one can be shortened and
 * printed.
 */
export interface Course {
  setup: Setup;
  /** What is answered to each request of a kind, in turn and from the beginning again. */
  creates: Reply[];
  statuses: Reply[];
  cancels: Reply[];
  streams: StreamReply[];
  steps: Step[];
  /**
   * How it ends: the customer leaves; the backend recovers and calls every order paid; or the time of
   * the order is waited out.
   */
  end: 'left' | 'healed' | 'waited-out';
}

export interface Setup {
  environment: Environment;
  updates: 'auto' | 'sse' | 'poll';
  inApp: 'redirect' | 'qr';
  tokenHosts: string;
  reference: string;
  isAutostarted: boolean;
  /** The page creates its orders by a function of its own. */
  hasCreateOrder: boolean;
  requestInit: 'none' | 'headers' | 'slow' | 'hanging' | 'throwing';
  /** What the page does, once, the first time it hears an event of the checkout. */
  reaction: { on: EventName; act: PageAct } | undefined;
}

/** What an answer is to say of an order. */
export interface OrderPlan {
  /** A status of the contract, or a word that only looks like one. */
  status: string;
  /** The order that was asked for, or another one. */
  about: 'asked' | 'other';
  tokenUrl: string | undefined;
  appLink: string | undefined;
  /** What the answer says the time is. */
  now: 'untold' | 'right' | 'stale' | 'ahead';
  /** How long the order can be paid, ms from the server's present. */
  lasts: number | undefined;
  /** In dirhams. */
  amount: number | undefined;
  /** As the contract has it, as PayBy itself writes it, or with fields that are wrong. */
  form: 'contract' | 'payby' | 'odd';
}

export type Content =
  | { kind: 'order'; plan: OrderPlan }
  | { kind: 'refusal'; status: number; retryAfter: string | undefined; body: 'problem' | 'paid' }
  /** An answer of 200 that is no order. */
  | { kind: 'text'; text: string }
  /** The answer begins and never ends. */
  | { kind: 'stalled' }
  | { kind: 'silence' }
  | { kind: 'unreachable' };

/** When an answer comes: after so many ms, or not before a `release` step. */
type When = number | 'held';

export interface Reply {
  after: When;
  content: Content;
}

export interface StreamReply {
  after: When;
  /** A stream, which may begin with the present; or any other answer. */
  content: { kind: 'stream'; first: OrderPlan | undefined } | Exclude<Content, { kind: 'order' }>;
}

/** What the page can do with its checkout. */
export type PageAct =
  | 'start'
  | 'cancel'
  | 'retry'
  | 'reset'
  | 'remove'
  | 'move'
  | 'connect'
  | 'reload'
  | 'prevent';

export type Step =
  | { do: 'wait'; ms: number }
  | { do: 'page'; act: PageAct }
  | { do: 'press'; button: 'main' | 'cancel' | 'code' }
  | { do: 'give'; plan: OrderPlan; as: 'property' | 'attribute'; whose: 'present' | 'new' }
  | { do: 'take-order' }
  | { do: 'set'; name: 'reference' | 'endpoint' | 'details'; value: string }
  | { do: 'disable'; isDisabled: boolean }
  | { do: 'environment'; environment: Environment }
  | { do: 'wake'; by: 'visibilitychange' | 'pageshow' | 'online' | 'offline' }
  /** Answers the n-th request that is held back. */
  | { do: 'release'; nth: number }
  | { do: 'message'; plan: OrderPlan }
  | { do: 'stream'; act: 'comment' | 'garbage' | 'torn' | 'close' | 'fail' };
