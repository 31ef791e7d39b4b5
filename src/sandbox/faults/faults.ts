/** Faults on demand: rules that wait for the calls or notifications they fit. Values in, values out. */
import type { ReturnName } from '../wire/return-codes.ts';

/** What can go wrong with one call of the API. */
export type CallFault =
  /** An answer with this code. With `done`, the work was done all the same. */
  | { kind: 'code'; code: ReturnName; done?: boolean; delay?: number }
  /** No answer: the connection is held until the caller gives up. */
  | { kind: 'silence'; done?: boolean; delay?: number }
  /** No answer: the connection is cut. */
  | { kind: 'reset'; done?: boolean; delay?: number }
  /** The right answer, late by `delay` ms. */
  | { kind: 'delay'; delay: number }
  /** The right answer, its work done, that cannot be trusted or read. */
  | { kind: 'wrong-signature' | 'unsigned' | 'cut-off'; delay?: number };

/** What can go wrong with one notification. */
export type NotificationFault =
  /** Never sent, and not tried again. */
  | { kind: 'lost' }
  /** Sent twice, under one id. */
  | { kind: 'doubled' }
  /** Sent late, by `delay` ms. */
  | { kind: 'late'; delay: number }
  /** Kept back until another one was sent. */
  | { kind: 'out-of-order' }
  /** The first attempt is signed over other bytes; a retry is as it should be. */
  | { kind: 'wrong-signature' };

/** The names of what the merchant calls, and of the call the gateway makes. */
export const targets = [
  'placeOrder',
  'getOrder',
  'cancelOrder',
  'revokeOrder',
  'updateExpiredTime',
  'getCashierUrlInfo',
  'refund/placeOrder',
  'refund/getOrder',
] as const;

/** An operation by the end of its path, such as `placeOrder` or `refund/getOrder`. */
export type CallTarget = (typeof targets)[number];

interface RuleTerms {
  /** Only for this order or refund of the merchant's; for any by default. */
  merchantOrderNo?: string;
  /** How often it strikes: 1 by default; `always` until it is cleared. */
  times?: number | 'always';
}

/** A fault of calls: of one operation, or of any when none is named. */
export type CallRule = RuleTerms & { on?: CallTarget; fault: CallFault };

export type NotificationRule = RuleTerms & { on: 'notification'; fault: NotificationFault };

export type FaultRule = CallRule | NotificationRule;

/** A rule that waits to strike. */
export type WaitingFault = FaultRule & {
  /** By which it can be cleared. */
  id: number;
  /** How often it still strikes. */
  left: number | 'always';
};

/** Which orders or refunds a call or notification is about, by the merchant's numbers. */
type About = readonly string[];

export interface Struck<Fault> {
  /** Absent when no rule fits. */
  fault?: Fault;
  /** The rules that are left. */
  rules: readonly WaitingFault[];
}

/** The first rule that fits a call, and what is left of all rules once it has struck. */
function strikeCall(rules: readonly WaitingFault[], on: string, about: About): Struck<CallFault> {
  for (const rule of rules) {
    if (rule.on === 'notification' || !concerns(rule, about)) continue;
    if (rule.on === undefined || rule.on === on)
      return { fault: rule.fault, rules: used(rules, rule) };
  }
  return { rules };
}

/** The same for a notification. */
function strikeNotification(
  rules: readonly WaitingFault[],
  about: About,
): Struck<NotificationFault> {
  for (const rule of rules) {
    if (rule.on !== 'notification' || !concerns(rule, about)) continue;
    return { fault: rule.fault, rules: used(rules, rule) };
  }
  return { rules };
}

const concerns = ({ merchantOrderNo }: WaitingFault, about: About) =>
  merchantOrderNo === undefined || about.includes(merchantOrderNo);

const used = (rules: readonly WaitingFault[], rule: WaitingFault): readonly WaitingFault[] =>
  rules.flatMap((other) => {
    if (other !== rule || other.left === 'always') return [other];
    return other.left > 1 ? [{ ...other, left: other.left - 1 }] : [];
  });

/** The rules that wait, in the order they were added. */
export class FaultQueue {
  #rules: readonly WaitingFault[] = [];
  #serial = 0;

  get rules(): readonly WaitingFault[] {
    return this.#rules;
  }

  add(rule: FaultRule): WaitingFault {
    this.#serial += 1;
    const waiting = { ...rule, id: this.#serial, left: rule.times ?? 1 };
    this.#rules = [...this.#rules, waiting];
    return waiting;
  }

  /** Clears one rule, or all of them; says whether there was anything to clear. */
  clear(id?: number): boolean {
    const before = this.#rules.length;
    this.#rules = id === undefined ? [] : this.#rules.filter((rule) => rule.id !== id);
    return this.#rules.length < before;
  }

  takeForCall(on: string, about: About): CallFault | undefined {
    const { fault, rules } = strikeCall(this.#rules, on, about);
    this.#rules = rules;
    return fault;
  }

  takeForNotification(about: About): NotificationFault | undefined {
    const { fault, rules } = strikeNotification(this.#rules, about);
    this.#rules = rules;
    return fault;
  }
}
