/** One run of the checker: what its steps share, and what they have found out. */
import type { Order } from '../protocol.ts';
import type { Answer } from './answer.ts';
import type { BackendUnderTest } from './backend.ts';
import { type Finding, findingOf, gravest, type Judgement, notChecked } from './finding.ts';
import type { Listening } from './listen.ts';
import { type PointId, pointIds } from './points/index.ts';
import type { Settings } from './settings.ts';

export interface Visit {
  readonly settings: Settings;
  readonly backend: BackendUnderTest;
  readonly ledger: Ledger;
  /** Every answer of the endpoint, in the order of asking; odd ids are left out. */
  readonly answers: Answer[];
  /** Every stream that was opened. */
  readonly streams: Listening[];
  /** Every order that was made, by id, as it was when it was made. */
  readonly orders: Map<string, Order>;
}

/** Collects judgements. Several may fall on one point: the gravest stands. */
export class Ledger {
  readonly #judgements = new Map<PointId, Judgement[]>();

  judge(point: PointId, judgement: Judgement): void {
    this.#judgements.set(point, [...(this.#judgements.get(point) ?? []), judgement]);
  }

  /** Says of several points why they were not checked. */
  skip(points: readonly PointId[], why: string): void {
    for (const point of points) this.judge(point, notChecked(why));
  }

  /** Every point, in the order of the list; what no step came to is not checked. */
  findings(): Finding[] {
    return pointIds.map((point) => {
      const judgements = this.#judgements.get(point) ?? [notChecked('no order to try it with')];
      return findingOf(point, gravest(judgements));
    });
  }
}

export const pause = (ms: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, ms));
