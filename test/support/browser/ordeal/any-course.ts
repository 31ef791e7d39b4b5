import * as fc from 'fast-check';
import type { Environment } from '../../../../src/device/in-app.ts';
import { orderStatuses } from '../../../../src/order-status.ts';
import { eventNames } from '../event-names.ts';
import { anyStep } from './any-step.ts';
import type { Content, Course, OrderPlan, Reply, Setup, StreamReply } from './course.ts';
import { badLinks, goodLinks, namedHost, strangeStatuses } from './words.ts';

/** One of `often` nine times in ten, else one of `seldom`. */
const mostly = <Value>(often: fc.Arbitrary<Value>, seldom: fc.Arbitrary<Value>) =>
  fc.oneof({ weight: 9, arbitrary: often }, { weight: 1, arbitrary: seldom });

const good = fc.constantFrom(...goodLinks);
const bad = fc.constantFrom(...badLinks);
const none = fc.constant(undefined);

/** Mostly still pending, so that a course goes on; anything else often enough. */
const anyStatus = fc.oneof(
  { weight: 12, arbitrary: fc.constant('pending') },
  { weight: 2, arbitrary: fc.constant('paid') },
  { weight: 4, arbitrary: fc.constantFrom(...orderStatuses) },
  { weight: 1, arbitrary: fc.constantFrom(...strangeStatuses) },
);

const anyOrderPlan = (lasts: (number | undefined)[]): fc.Arbitrary<OrderPlan> =>
  fc.record({
    status: anyStatus,
    about: mostly(fc.constant('asked' as const), fc.constant('other' as const)),
    tokenUrl: mostly<string | undefined>(good, fc.oneof(bad, none)),
    appLink: fc.oneof<fc.Arbitrary<string | undefined>[]>(none, none, good, bad),
    now: fc.constantFrom('untold', 'right', 'right', 'stale', 'ahead'),
    lasts: fc.constantFrom(...lasts),
    amount: mostly<number | undefined>(none, fc.constant(12.34)), // browsers are slow to write money
    form: fc.constantFrom('contract', 'contract', 'contract', 'contract', 'payby', 'odd'),
  });

const texts = ['', '<!doctype html><title>Paid</title>', '{"status":', '"paid"', 'null', '[]'];
const idless = '{"status":"paid"}';

const anyTrouble: fc.Arbitrary<Exclude<Content, { kind: 'order' }>> = fc.oneof(
  fc.record({
    kind: fc.constant('refusal' as const),
    status: fc.constantFrom(400, 404, 409, 410, 429, 500, 503),
    retryAfter: fc.constantFrom(undefined, undefined, '2', '30', 'soon'),
    body: fc.constantFrom('problem', 'paid'),
  }),
  fc.record({ kind: fc.constant('text' as const), text: fc.constantFrom(...texts, idless) }),
  fc.constant({ kind: 'silence' as const }),
  fc.constant({ kind: 'stalled' as const }),
  fc.constant({ kind: 'unreachable' as const }),
);

const anyWhen = fc.oneof(
  { weight: 6, arbitrary: fc.constant(0) },
  { weight: 2, arbitrary: fc.constantFrom(40, 1200, 6000, 20_000) },
  { weight: 1, arbitrary: fc.constant('held' as const) },
);

const anyReply = (anyOrder: fc.Arbitrary<OrderPlan>, calm: number): fc.Arbitrary<Reply> =>
  fc.record({
    after: anyWhen,
    content: fc.oneof<fc.WeightedArbitrary<Content>[]>(
      {
        weight: calm,
        arbitrary: fc.record({ kind: fc.constant('order' as const), plan: anyOrder }),
      },
      { weight: 1, arbitrary: anyTrouble },
    ),
  });

const anyStreamReply = (anyOrder: fc.Arbitrary<OrderPlan>): fc.Arbitrary<StreamReply> =>
  fc.record({
    after: anyWhen,
    content: fc.oneof<fc.WeightedArbitrary<StreamReply['content']>[]>(
      {
        weight: 3,
        arbitrary: fc.record({
          kind: fc.constant('stream' as const),
          first: fc.option(anyOrder, { nil: undefined, freq: 3 }),
        }),
      },
      { weight: 1, arbitrary: anyTrouble },
    ),
  });

const anySetup = ({ environments, drawsCode }: Kind): fc.Arbitrary<Setup> =>
  fc.record({
    environment: fc.constantFrom(...environments),
    updates: fc.constantFrom('auto', 'auto', 'poll', 'sse'),
    inApp: fc.constantFrom<Setup['inApp'][]>('redirect', drawsCode ? 'qr' : 'redirect'),
    tokenHosts: mostly(fc.constant(''), fc.constant(namedHost)),
    reference: mostly(fc.constant('cart-1'), fc.constant('')),
    isAutostarted: fc.boolean(),
    hasCreateOrder: mostly(fc.constant(false), fc.constant(true)),
    requestInit: mostly<Setup['requestInit']>(
      fc.constant('none'),
      fc.constantFrom('headers', 'slow', 'hanging', 'throwing'),
    ),
    reaction: fc.option(
      fc.record({
        on: fc.constantFrom(...eventNames),
        act: fc.constantFrom('start', 'cancel', 'retry', 'reset', 'remove', 'move', 'prevent'),
      }),
      { nil: undefined, freq: 4 },
    ),
  });

const few = { minLength: 1, maxLength: 5 } as const;

/** A family of courses. */
export interface Kind {
  environments: Environment[];
  /** Codes are drawn, which takes most of a course's time. */
  drawsCode?: boolean;
  /** Orders end soon, and their end is waited for. */
  lapses?: boolean;
}

/** Any course of a checkout of this kind. */
export function anyCourse(kind: Kind): fc.Arbitrary<Course> {
  const anyOrder = anyOrderPlan(kind.lapses ? [3000, 20_000] : [undefined, undefined, 3000, -1000]);
  const steps = fc.array(anyStep(kind, anyOrder), {
    minLength: 1,
    maxLength: kind.lapses ? 6 : 24,
  });
  return fc.record({
    setup: anySetup(kind),
    creates: fc.array(anyReply(anyOrder, 6), few),
    statuses: fc.array(anyReply(anyOrder, 4), few),
    cancels: fc.array(anyReply(anyOrder, 3), few),
    streams: fc.array(anyStreamReply(anyOrder), few),
    steps,
    end: kind.lapses
      ? fc.constant('waited-out' as const)
      : fc.constantFrom('left', 'left', 'healed'),
  });
}
