import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  atMost,
  below,
  isOver,
  median,
  type Row,
  tableOf,
  told,
} from '../../bench/page/budgets.ts';
import { allowedTask } from '../../bench/page/duties.ts';
import type { Shift } from '../../bench/page/page-side.ts';
import { lineOf } from '../../bench/page/profile.ts';
import { rowsOf } from '../../bench/page/steadiness.ts';

const verdictOf = (row: Row) => row.verdict;

describe('a budget of the page bench', () => {
  it('is kept by a figure as high as it, and broken by one above', () => {
    assert.equal(verdictOf(atMost('time', 1.15, 1.15, '×')), 'ok');
    assert.equal(verdictOf(atMost('time', 1.1501, 1.15, '×')), 'over');
  });

  it('that must not be reached is broken by a figure as high as it', () => {
    assert.equal(verdictOf(below('time', 0.99, 1, '×')), 'ok');
    assert.equal(verdictOf(below('time', 1, 1, '×')), 'over');
  });

  it('is broken by a figure that could not be had', () => {
    assert.equal(verdictOf(atMost('time', Number.NaN, 50, 'ms')), 'over');
    assert.equal(verdictOf(atMost('time', median([]), 50, 'ms')), 'over');
    assert.equal(verdictOf(below('time', Number.NaN, 50, 'ms')), 'over');
  });

  it('fails the bench alone: a figure without one does not', () => {
    assert.deepEqual([told('time', 1e9, 'ms'), atMost('time', 2, 1, '')].map(isOver), [
      false,
      true,
    ]);
  });

  it('stands in the table beside its figure', () => {
    const table = tableOf([told('bytes', 27_542, 'kB'), atMost('task', 51.2, 50, 'ms')]);
    assert.match(table, /^bytes +27\.5 kB$/m);
    assert.match(table, /^task +51 ms +≤ 50 ms +over$/m);
  });
});

describe('the median of the page bench', () => {
  it('is the value in the middle, whatever the order', () => {
    assert.equal(median([30, 1, 2]), 2);
    assert.equal(median([4, 3, 2, 1]), 2);
  });
});

describe('the longest task that is allowed', () => {
  it('is 50 ms, and more on a machine where the bare page takes longer', () => {
    assert.deepEqual([0, 80, 150, 225].map(allowedTask), [50, 50, 50, 75]);
    assert.ok(Number.isNaN(allowedTask(Number.NaN)));
  });
});

describe('the line of the page bench', () => {
  it('is one that is known', () => {
    assert.equal(lineOf('devtools').latency, 562.5);
    assert.throws(() => lineOf('5g'), /no LINE "5g"; take one of probe, lighthouse, devtools/);
  });
});

describe('what moves on the page', () => {
  const shift: Shift = {
    phase: 'creating → awaiting',
    value: 0.0088,
    isPressed: false,
    isAround: true,
  };
  const rows = (changes: Partial<Shift>) => rowsOf([{ ...shift, course: 'paid, en', ...changes }]);
  const over = (changes: Partial<Shift>) =>
    rows(changes)
      .filter(isOver)
      .map(({ what }) => what);

  it('breaks the budget when it is the page around, however little', () => {
    assert.deepEqual(over({ value: 0.0001 }), ['layout shift of the page, all transitions']);
  });

  it('breaks the budget within the card, too', () => {
    assert.deepEqual(over({ isAround: false, value: 0.0001 }), [
      'layout shift within the card, all transitions',
    ]);
  });

  it('may follow a press, and the coming of the script', () => {
    assert.deepEqual(over({ isPressed: true }), []);
    assert.deepEqual(over({ phase: 'idle' }), []);
  });
});
