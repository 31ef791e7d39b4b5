import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fail, gravest, notChecked, pass, warn } from '../../src/verify/finding.ts';
import { judgeSecrets } from '../../src/verify/judge/answers.ts';
import { judgeHeartbeat } from '../../src/verify/judge/events.ts';
import { judgeIds } from '../../src/verify/judge/ids.ts';
import { reportLines } from '../../src/verify/report.ts';

const stream = (at: number[], endedAt?: number) => ({
  opened: undefined,
  trouble: undefined,
  heard: at.map((moment) => ({ at: moment })),
  endedAt,
});

describe('heartbeats', () => {
  it('are enough when no silence is longer than 20 s', () => {
    assert.equal(judgeHeartbeat(stream([10, 15_000, 30_000]), 45_000).verdict, 'pass');
  });

  it('are missing in the middle, in the beginning and at the end', () => {
    for (const at of [[10, 40_000], [30_000, 45_000], [10, 15_000], []]) {
      assert.equal(judgeHeartbeat(stream(at), 45_000).verdict, 'fail', String(at));
    }
  });

  it('do not help a stream that ends while its order is open', () => {
    assert.equal(judgeHeartbeat(stream([10, 15_000], 20_000), 45_000).verdict, 'fail');
  });
});

describe('ids', () => {
  const random = ['0f8b2c4d6e8fa0b1c2d3e4f5a6b7c8d9', 'c3d1f0a9b8e7d6c5b4a3928170615243'];

  it('of 128 random bits cannot be guessed', () => {
    assert.equal(judgeIds(random).verdict, 'pass');
    assert.equal(judgeIds(random.slice(0, 1)).verdict, 'pass');
    assert.equal(judgeIds(random.map((id) => `order_${id}`)).verdict, 'pass');
    assert.equal(judgeIds(['Zm9vYmFyYmF6cXV4IQ', 'q83vEjRWeJCrze8SNFZ4']).verdict, 'pass');
  });

  it('that count, tell the time or are short can', () => {
    for (const ids of [
      ['1001', '1002'],
      ['order-2026112200000001', 'order-2026112200000002'],
      ['M1795373497821', 'M1795373499004'],
      ['01jd3x9q5k0000000000000001', '01jd3x9q5k0000000000000002'],
      ['7ZQ2M0'],
    ]) {
      assert.equal(judgeIds(ids).verdict, 'fail', ids.join());
    }
  });

  it('are not judged when there is none', () => {
    assert.equal(judgeIds([]).verdict, 'not-checked');
  });
});

describe('answers', () => {
  const judge = (text: string) => judgeSecrets([{ asked: 'GET /orders/1', text }], false).verdict;

  it('that show where a program stumbled tell too much, in any language', () => {
    for (const trace of [
      '<pre>TypeError: x<br> &nbsp; &nbsp;at create (/srv/shop/orders.js:12:5)</pre>',
      '{"stack":"Error: x\\n    at /srv/shop/orders.mjs:12:5"}',
      '#0 /srv/shop/index.php(12): Orders->create()',
      'Traceback (most recent call last):\n  File "shop.py", line 12',
      '\tat com.shop.Orders.create(Orders.java:12)',
      '   at Shop.Orders.Create() in /srv/shop/Orders.cs:line 12',
      'panic: x\n\ngoroutine 1 [running]:\nmain.create()',
    ]) {
      assert.equal(judge(trace), 'fail', trace);
    }
  });

  it('that name times, files and places do not', () => {
    for (const text of ['Come at 10:00:00, or look at menu.pdf.', '{"detail":"#12 is at 1:2:3"}']) {
      assert.equal(judge(text), 'pass', text);
    }
  });
});

describe('several judgements on one point', () => {
  it('are the gravest of them', () => {
    const all = [notChecked('no'), pass(), warn('odd'), fail('first'), fail('second')];
    assert.deepEqual(gravest(all), fail('first'));
    assert.deepEqual(gravest(all.slice(0, 3)), warn('odd'));
    assert.equal(gravest([]).verdict, 'not-checked');
  });
});

describe('a report', () => {
  it('has no control characters of a backend in it', () => {
    const facts = { point: 'create', group: 'Create', title: 'answers an order' } as const;
    const came = '\u001b[2J\u202egpj\nnew line';
    const lines = reportLines([{ ...facts, verdict: 'fail', expected: 'x', came, mend: 'y' }]);
    assert.ok(lines.some((line) => line.includes('gpj')));
    assert.doesNotMatch(lines.join(''), /[\p{Cc}\p{Cf}]/u);
  });
});
