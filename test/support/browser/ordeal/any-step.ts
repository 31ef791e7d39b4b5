import * as fc from 'fast-check';
import type { Kind } from './any-course.ts';
import type { OrderPlan, Step } from './course.ts';

const named = <Do extends Step['do']>(name: Do) => fc.constant(name);

/** Short waits mostly; seldom as long as a silent stream is borne, or a lapsed order is watched. */
const anyWait = fc.oneof(
  { weight: 10, arbitrary: fc.constantFrom(1, 400, 1100, 3000, 6000) },
  { weight: 2, arbitrary: fc.constant(25_000) },
  { weight: 1, arbitrary: fc.constant(60_000) },
);

const anyWake = fc.constantFrom('visibilitychange', 'pageshow', 'online', 'offline');
const anyAct = fc.constantFrom(
  'start',
  'start',
  'cancel',
  'retry',
  'retry',
  'reset',
  'remove',
  'move',
  'connect',
  'connect',
  'reload',
);

/** Any one thing that can happen to a checkout. */
export const anyStep = (
  { environments, drawsCode }: Kind,
  anyOrder: fc.Arbitrary<OrderPlan>,
): fc.Arbitrary<Step> =>
  fc.oneof(
    { weight: 16, arbitrary: fc.record({ do: named('wait'), ms: anyWait }) },
    { weight: 12, arbitrary: fc.record({ do: named('page'), act: anyAct }) },
    {
      weight: 10,
      arbitrary: fc.record({
        do: named('press'),
        button: fc.constantFrom('main', 'main', 'cancel', drawsCode ? 'code' : 'main'),
      }),
    },
    { weight: 12, arbitrary: fc.record({ do: named('message'), plan: anyOrder }) },
    {
      weight: 4,
      arbitrary: fc.record({
        do: named('stream'),
        act: fc.constantFrom('comment', 'garbage', 'torn', 'close', 'fail'),
      }),
    },
    { weight: 4, arbitrary: fc.record({ do: named('release'), nth: fc.nat(2) }) },
    { weight: 4, arbitrary: fc.record({ do: named('wake'), by: anyWake }) },
    {
      weight: 2,
      arbitrary: fc.record({
        do: named('give'),
        plan: anyOrder,
        as: fc.constantFrom('property', 'attribute'),
        whose: fc.constantFrom('present', 'new'),
      }),
    },
    { weight: 1, arbitrary: fc.record({ do: named('take-order') }) },
    {
      weight: 2,
      arbitrary: fc.record({
        do: named('set'),
        name: fc.constantFrom('reference', 'endpoint', 'details'),
        value: fc.constantFrom('one', 'two'),
      }),
    },
    { weight: 1, arbitrary: fc.record({ do: named('disable'), isDisabled: fc.boolean() }) },
    {
      weight: 1,
      arbitrary: fc.record({
        do: named('environment'),
        environment: fc.constantFrom(...environments),
      }),
    },
  );
