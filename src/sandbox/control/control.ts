import { ActionError } from '../actions.ts';
import type { EventLog, SandboxEvent } from '../events/event-log.ts';
import { readFaultRule } from '../faults/fault-rule.ts';
import type { FaultQueue, FaultRule, WaitingFault } from '../faults/faults.ts';
import { isIpRule } from '../http/ip-whitelist.ts';
import type { SandboxOrder } from '../orders/order.ts';
import type { Refund } from '../refunds/refund.ts';
import { age } from '../time/ageing.ts';
import type { SandboxClock } from '../time/sandbox-clock.ts';
import type { World } from '../world.ts';
import { type CaseId, caseIds, isCaseId } from './cases/cases.ts';
import type { CaseVerdict } from './cases/judge-case.ts';

/**
 * What makes the gateway behave as a test needs it. Payments and the like are in `actions`. Methods
 * throw an {@link ActionError} for what cannot be done.
 */
export interface SandboxControl {
  /** All orders, the latest first. */
  orders(): SandboxOrder[];
  /** All refunds, the latest first. */
  refunds(): Refund[];
  /** The latest 200 calls and notifications, the latest first. */
  events(): readonly SandboxEvent[];

  /** Lets calls or notifications go wrong: by default the next one that the rule fits. */
  addFault(rule: FaultRule): WaitingFault;
  /** The faults that still wait, in the order they will strike. */
  faults(): readonly WaitingFault[];
  /** Takes one fault back, or all of them. */
  clearFaults(id?: number): void;

  /** Begins one of PayBy's acceptance cases; it plays on the next order that is placed. */
  armCase(id: CaseId): CaseVerdict;
  /** Ends a case: its order is served as any other. */
  disarmCase(id: CaseId): CaseVerdict;
  /** What the merchant's side has done so far in a case. */
  verdict(id: CaseId): CaseVerdict;
  verdicts(): CaseVerdict[];

  /** The sandbox's time of day, epoch ms: that of its merchant. */
  now(): number;
  /**
   * Lets `ms` pass at once for what there is: orders expire and settle, waiting retries are sent. The
   * time of day stays, so that requests made afterwards are in time. What follows from it, such as
   * the retry after a retry, waits anew. At most ten years at once.
   */
  advance(ms: number): void;
  /**
   * Divides the gateway's own waits (retries, settling, pending refunds) and the times that a verdict
   * measures a merchant by. Expiry is a time of day that the merchant names; it stays.
   */
  timeScale: number;
  /** The IP whitelist: addresses, subnets or `*`; undefined lets everybody in. */
  allowedIps: readonly string[] | undefined;
  /** Forgets everything but the keys: orders, refunds, faults, cases, events, settings. */
  reset(): void;
}

export interface ControlPorts {
  world: () => World;
  clock: SandboxClock;
  faults: FaultQueue;
  log: EventLog;
  whitelist: { ips: readonly string[] | undefined };
  reset: () => void;
}

export function createControl(ports: ControlPorts): SandboxControl {
  const { world, clock, faults, log, whitelist, reset } = ports;
  const known = (id: CaseId): CaseId => (isCaseId(id) ? id : unknownCase(id));
  const verdict = (id: CaseId) => world().cases.verdict(known(id));
  return {
    orders: () => world().book.all().toReversed(),
    refunds: () => world().refunds.all().toReversed(),
    events: () => log.events,

    addFault: (rule) => faults.add(readFaultRule(rule)),
    faults: () => faults.rules,
    clearFaults(id) {
      if (faults.clear(id) || id === undefined) return;
      throw new ActionError('unknown', `There is no fault ${id}; it has struck or was cleared.`);
    },

    armCase(id) {
      world().cases.arm(known(id));
      return verdict(id);
    },
    disarmCase(id) {
      world().cases.disarm(known(id));
      return verdict(id);
    },
    verdict,
    verdicts: () => caseIds.map(verdict),

    now: clock.now,
    advance(ms) {
      const isUsable = ms >= 0 && ms <= longestAdvance;
      if (!isUsable) throw unusable('advance', ms, `give ms from 0 to ${longestAdvance}`);
      age(world().book, ms, clock.now());
      clock.advance(ms);
    },
    get timeScale() {
      return clock.timeScale;
    },
    set timeScale(scale) {
      const isScale = scale > 0 && scale < Infinity;
      if (!isScale) throw unusable('timeScale', scale, 'give a number above 0');
      clock.timeScale = scale;
    },
    get allowedIps() {
      return whitelist.ips;
    },
    set allowedIps(rules) {
      const wrong = rules?.find((rule) => !isIpRule(rule));
      if (wrong !== undefined) throw unusable('allowedIps', wrong, ipWayOut);
      whitelist.ips = rules;
    },
    reset,
  };
}

/** So much time can pass at once, ms: ten years. Beyond lie times of day that no calendar has. */
const longestAdvance = 10 * 365 * 86_400_000;

/** What an entry of the IP whitelist may be. */
const ipWayOut = 'give an IP address, a subnet such as 10.0.0.0/8, or *';

const unusable = (name: string, value: unknown, wayOut: string) =>
  new ActionError('invalid', `${name} ${JSON.stringify(value)} cannot be used; ${wayOut}.`);

function unknownCase(id: string): never {
  const ids = `${caseIds[0]} to ${caseIds.at(-1)}`;
  throw new ActionError('unknown', `There is no case ${JSON.stringify(id)}; name one of ${ids}.`);
}
