import type { CallFault } from '../../faults/faults.ts';
import type { CallEnd } from '../../http/api-call.ts';
import type { DeliveryReport } from '../../notifications/notifier.ts';
import type { SandboxOrder } from '../../orders/order.ts';
import type { SandboxClock } from '../../time/sandbox-clock.ts';
import type { CaseCall, CaseDelivery, CaseRecord } from './case-record.ts';
import { type CaseId, payAfter, scriptOf } from './cases.ts';
import { type CaseVerdict, judgeCase } from './judge-case.ts';

/** No case keeps more calls: queries every 2 s for two hours, the default life of an order. */
const mostCalls = 4000;

/** By how much a merchant may be off the rules, ms of real time: timers and networks are not exact. */
const slack = 250;

export interface CasePorts {
  clock: SandboxClock;
  find: (merchantOrderNo: string) => SandboxOrder | undefined;
  pay: (merchantOrderNo: string) => void;
}

interface Play {
  id: CaseId;
  merchantOrderNo?: string;
  calls: CaseCall[];
  deliveries: CaseDelivery[];
}

/** Plays the acceptance cases that are armed, each on one order, and keeps what the merchant does. */
export class CaseDesk {
  readonly #ports: CasePorts;
  readonly #plays = new Map<CaseId, Play>();

  constructor(ports: CasePorts) {
    this.#ports = ports;
  }

  /** Begins a case anew: it plays on the next order that is placed and that no other case waits for. */
  arm(id: CaseId): void {
    this.#plays.delete(id);
    this.#plays.set(id, { id, calls: [], deliveries: [] });
  }

  /** Ends a case: its order is served as any other. */
  disarm(id: CaseId): void {
    this.#plays.delete(id);
  }

  verdict(id: CaseId): CaseVerdict {
    const { clock } = this.#ports;
    const play = this.#plays.get(id);
    const look = { now: clock.scaled(), tolerance: slack * clock.timeScale };
    return judgeCase(id, play && this.#record(play), look);
  }

  /** A call's part in a case: what is to go wrong with it, and whom to tell of its end. */
  begin(on: string, merchantOrderNo: string | undefined): CasePart {
    const play = merchantOrderNo === undefined ? undefined : this.#playOf(on, merchantOrderNo);
    if (!play || merchantOrderNo === undefined) return { end: () => {} };
    const { clock } = this.#ports;
    const nth = play.calls.filter((call) => call.on === on).length + 1;
    const script = scriptOf(play.id, on, nth);
    if (script === 'pay') this.#pay(merchantOrderNo);
    const call: CaseCall = { on, at: clock.scaled(), paid: false };
    if (play.calls.length < mostCalls) play.calls.push(call);
    return {
      ...(script && script !== 'pay' && { fault: script }),
      end: (code) => {
        const order = this.#ports.find(merchantOrderNo);
        Object.assign(call, { endedAt: clock.scaled(), code, paid: order && isPaid(order) });
        // A request that made no order leaves the case to the next one.
        if (!order && on === 'placeOrder')
          Object.assign(play, { merchantOrderNo: undefined, calls: [] });
        if (order && play.id === '009' && on === 'placeOrder' && nth === 1) {
          clock.schedule(payAfter, () => this.#pay(merchantOrderNo));
        }
      },
    };
  }

  /** Takes note of an attempt to notify the merchant. */
  heard({ merchantOrderNo, attempt, outcome }: DeliveryReport): void {
    if (merchantOrderNo === undefined || attempt === 0) return;
    const play = this.#find(merchantOrderNo);
    play?.deliveries.push({ at: this.#ports.clock.scaled(), attempt, outcome });
  }

  /** The case an order belongs to; a new order begins the one that has waited longest. */
  #playOf(on: string, merchantOrderNo: string): Play | undefined {
    const own = this.#find(merchantOrderNo);
    if (own || on !== 'placeOrder' || this.#ports.find(merchantOrderNo)) return own;
    const next = [...this.#plays.values()].find((play) => play.merchantOrderNo === undefined);
    return next && Object.assign(next, { merchantOrderNo });
  }

  #find(merchantOrderNo: string): Play | undefined {
    return [...this.#plays.values()].find((play) => play.merchantOrderNo === merchantOrderNo);
  }

  #pay(merchantOrderNo: string): void {
    const order = this.#ports.find(merchantOrderNo);
    if (order?.state.status === 'CREATED') this.#ports.pay(merchantOrderNo);
  }

  #record(play: Play): CaseRecord {
    const { merchantOrderNo } = play;
    const order = merchantOrderNo === undefined ? undefined : this.#ports.find(merchantOrderNo);
    if (!order) return play;
    const { total, notifyUrl } = order.terms;
    const expiresAt = this.#ports.clock.scaled(order.expiredTime);
    return { ...play, order: { total, notifyUrl, expiresAt } };
  }
}

interface CasePart {
  fault?: CallFault;
  end(code: CallEnd): void;
}

const isPaid = ({ state }: SandboxOrder): boolean =>
  state.status === 'PAID_SUCCESS' || state.status === 'SETTLED';
