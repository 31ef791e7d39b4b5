import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type {
  CaseCall,
  CaseDelivery,
  CaseOrder,
  CaseRecord,
} from '../../src/sandbox/control/cases/case-record.ts';
import type { CaseId } from '../../src/sandbox/control/cases/cases.ts';
import { judgeCase } from '../../src/sandbox/control/cases/judge-case.ts';

const operations: Record<string, string> = {
  place: 'placeOrder',
  query: 'getOrder',
  cancel: 'cancelOrder',
};

/** Calls in words: `query 3.5 500` is a getOrder after 3.5 s, answered with 500; `-` is no answer. */
const calls = (text: string): CaseCall[] =>
  text.split(', ').map((call) => {
    const [name = '', seconds = '', answer = '0'] = call.split(' ');
    const at = Number(seconds) * 1000;
    const code = answer === '-' || answer === 'paid' ? '0' : answer;
    return {
      on: operations[name] ?? name,
      at,
      endedAt: at,
      ...(answer !== '-' && { code }),
      paid: answer === 'paid',
    };
  });

const order: CaseOrder = { total: 500_00, notifyUrl: 'https://shop.example/', expiresAt: 60_000 };

interface Seen {
  calls: string;
  /** When the verdict is asked for, s. */
  at: number;
  order?: Partial<CaseOrder>;
  deliveries?: CaseDelivery[];
}

function judge(id: CaseId, { calls: text, at, order: terms, deliveries = [] }: Seen) {
  const record: CaseRecord = {
    id,
    merchantOrderNo: 'M1',
    order: { ...order, ...terms },
    calls: calls(text),
    deliveries,
  };
  return judgeCase(id, record, { now: at * 1000, tolerance: 250 });
}

const outcome = (id: CaseId, seen: Seen) => judge(id, seen).outcome;

/** The reasons of the checks that failed. */
const faults = (id: CaseId, seen: Seen) =>
  judge(id, seen)
    .checks.filter(({ result }) => result === 'fail')
    .map(({ name, reason }) => `${name}: ${reason}`);

describe('a verdict', () => {
  it('is idle before a case is armed, and armed before there is an order', () => {
    const look = { now: 0, tolerance: 0 };
    assert.equal(judgeCase('001', undefined, look).outcome, 'idle');
    const armed: CaseRecord = { id: '001', calls: [], deliveries: [] };
    const { outcome, checks, title } = judgeCase('001', armed, look);
    assert.deepEqual([outcome, checks], ['armed', []]);
    assert.equal(title, 'A payment that asks for a password');
  });

  it('allows for timers that are not exact, and for no more', () => {
    const at = (gap: number) => ({ calls: `place 0, query 3, query ${3 + gap} paid`, at: 12 });
    for (const gap of [1.75, 6.25]) assert.equal(outcome('001', at(gap)), 'pass', String(gap));
    for (const gap of [1.74, 6.26]) assert.equal(outcome('001', at(gap)), 'fail', String(gap));
  });
});

describe('case 001, a payment that asks for a password', () => {
  it('passes a merchant who asks every 2 to 6 s until it is paid', () => {
    const seen = { calls: 'place 0, query 2, query 6, query 12, query 15 paid', at: 15 };
    assert.equal(outcome('001', seen), 'pass');
    // What comes after it is paid is nobody's concern.
    assert.equal(outcome('001', { ...seen, calls: `${seen.calls}, query 15.1 paid` }), 'pass');
  });

  it('is open while the merchant still asks', () => {
    assert.equal(outcome('001', { calls: 'place 0, query 3', at: 8 }), 'open');
  });

  it('fails one who asks too often, too seldom or not at all', () => {
    const often = { calls: 'place 0, query 2, query 3, query 4, query 5 paid', at: 5 };
    assert.deepEqual(faults('001', often), [
      'Queries 2 to 6 s apart: Query 2 came 1 s after the one before.',
    ]);
    const seldom = { calls: 'place 0, query 5, query 15 paid', at: 16 };
    assert.deepEqual(faults('001', seldom), [
      'Queries 2 to 6 s apart: Query 2 came 10 s after the one before.',
    ]);
    assert.deepEqual(faults('001', { calls: 'place 0', at: 7 }), [
      'Asks until it is paid: No query for 7 s, and the order is still open.',
    ]);
    assert.equal(outcome('001', { calls: 'place 0, query 3', at: 10 }), 'fail');
  });

  it('wants an order that asks for a password', () => {
    const small = { calls: 'place 0, query 3 paid', at: 4, order: { total: 499_99 } };
    assert.match(faults('001', small).join(), /It is of AED 499\.99/);
  });

  it('takes a notification for the end of asking', () => {
    const deliveries = [{ at: 4000, attempt: 1, outcome: 'accepted' }];
    assert.equal(outcome('001', { calls: 'place 0, query 3', at: 60, deliveries }), 'pass');
  });
});

describe('case 002, a payment that expires', () => {
  const asked = 'place 0, query 5, query 10, query 15, query 20, query 25';

  it('passes a merchant who asks until then, and cancels 20 to 120 s later', () => {
    const short = { expiresAt: 28_000 };
    for (const cancel of ['48', '100', '148 62002']) {
      const seen = { calls: `${asked}, cancel ${cancel}`, at: 150, order: short };
      assert.equal(outcome('002', seen), 'pass', cancel);
    }
  });

  it('fails one who cancels too early, too late or never', () => {
    const short = { expiresAt: 28_000 };
    const at = (more: string, now = 149) => ({ calls: asked + more, at: now, order: short });
    const name = 'cancelOrder 20 to 120 s after the expiry';
    assert.deepEqual(faults('002', at(', cancel 30')), [`${name}: It came 2 s after it.`]);
    assert.deepEqual(faults('002', at(', cancel 26')), [`${name}: It came 2 s before it.`]);
    assert.deepEqual(faults('002', at(', cancel 149')), [`${name}: It came 121 s after it.`]);
    assert.deepEqual(faults('002', at('', 149)), [`${name}: It never came.`]);
    assert.equal(outcome('002', at('', 140)), 'open');
    assert.equal(outcome('002', at('', 27)), 'open');
  });

  it('fails one who never asks, or stops before the end', () => {
    assert.match(faults('002', { calls: 'place 0', at: 7 }).join(), /No query for 7 s/);
    assert.match(faults('002', { calls: asked, at: 60 }).join(), /No query for 35 s/);
    assert.equal(outcome('002', { calls: asked, at: 30 }), 'open');
  });
});

for (const [id, lost] of [
  ['003', 'place 0 500'],
  ['004', 'place 0 -'],
] as const) {
  describe(`case ${id}, a create whose outcome is unknown`, () => {
    it('passes a merchant who asks, then cancels', () => {
      const one = { calls: `${lost}, query 2, cancel 3`, at: 3 };
      assert.equal(outcome(id, one), 'pass');
      const more = { calls: `${lost}, query 2, query 5, query 9, cancel 10`, at: 10 };
      assert.equal(outcome(id, more), 'pass');
    });

    it('measures from the last of several requests', () => {
      const again = `${lost}, place 10 ${lost.split(' ')[2]}, query 12, cancel 13`;
      assert.equal(outcome(id, { calls: again, at: 13 }), 'pass');
    });

    it('is open while the merchant is at it', () => {
      assert.equal(outcome(id, { calls: lost, at: 5 }), 'open');
      assert.equal(outcome(id, { calls: `${lost}, query 3`, at: 20 }), 'open');
    });

    it('fails one who does not ask, asks too late, cancels blindly or never', () => {
      const reasons = (text: string, at: number) => faults(id, { calls: lost + text, at }).join();
      assert.match(reasons('', 7), /No query has come/);
      assert.match(reasons(', query 8, cancel 9', 9), /first query came only after 8 s/);
      assert.match(reasons(', cancel 2', 2), /cancelled without a query before/);
      assert.match(reasons(', cancel 2, query 3', 3), /cancelled without a query before/);
      assert.match(reasons(', query 3', 124), /No cancel has come for 120 s/);
      assert.match(reasons(', query 2, query 3, cancel 4', 4), /Query 2 came 1 s after/);
    });
  });
}

describe('case 005, a cancel that succeeds after several tries', () => {
  it('passes a merchant who tries again every 3 to 10 s', () => {
    const seen = { calls: 'place 0, cancel 5 500, cancel 8 500, cancel 18', at: 18 };
    assert.equal(outcome('005', seen), 'pass');
  });

  it('is open between two tries, and before the first one', () => {
    assert.equal(outcome('005', { calls: 'place 0, cancel 5 500', at: 15 }), 'open');
    assert.equal(outcome('005', { calls: 'place 0', at: 1000 }), 'open');
  });

  it('fails one who gives up, or tries too fast', () => {
    const gaveUp = faults('005', { calls: 'place 0, cancel 5 500, cancel 8 500', at: 19 });
    assert.deepEqual(gaveUp, [
      'At least 3 cancels: 2 have come, the last one 11 s ago: it was given up too early.',
      'The cancel goes through: It was given up after 2 tries.',
    ]);
    const fast = faults('005', { calls: 'place 0, cancel 5 500, cancel 6 500, cancel 9', at: 9 });
    assert.deepEqual(fast, ['Cancels 3 to 10 s apart: Cancel 2 came 1 s after the one before.']);
  });
});

describe('case 006, a cancel that keeps failing', () => {
  const four = 'cancel 1 500, cancel 4 500, cancel 7 500, cancel 10 500';

  it('passes a merchant who stops after more than 3 failures', () => {
    const verdict = judge('006', { calls: four, at: 21 });
    assert.equal(verdict.outcome, 'pass');
    assert.equal(verdict.checks.at(-1)?.result, 'unseen');
    const slow = 'cancel 1 500, cancel 10 500, cancel 19 500, cancel 28 500';
    assert.equal(outcome('006', { calls: slow, at: 39 }), 'pass');
  });

  it('passes one who stops after 10 s', () => {
    const seen = { calls: 'cancel 1 500, cancel 6 500, cancel 11 500', at: 22 };
    assert.equal(outcome('006', seen), 'pass');
  });

  it('is open until the merchant has stopped', () => {
    assert.equal(outcome('006', { calls: four, at: 20 }), 'open');
  });

  it('fails one who goes on, gives up at once, or tries too fast', () => {
    assert.deepEqual(faults('006', { calls: `${four}, cancel 13 500`, at: 30 }), [
      'Stops after more than 3 failures or 10 s: Cancel 5 still came, after 4 failures in 12 s.',
    ]);
    assert.match(faults('006', { calls: 'cancel 1 500', at: 12 }).join(), /given up too early/);
    const fast = 'cancel 1 500, cancel 2 500, cancel 3 500';
    assert.match(faults('006', { calls: fast, at: 20 }).join(), /Cancel 2 came 1 s/);
  });

  it('takes a much later look for another run', () => {
    assert.equal(outcome('006', { calls: `${four}, cancel 300 500`, at: 301 }), 'pass');
  });
});

describe('case 007, a query that succeeds after several tries', () => {
  it('passes a merchant who asks again every 2 to 6 s', () => {
    const seen = { calls: 'place 0, query 2 500, query 5 500, query 8', at: 8 };
    assert.equal(outcome('007', seen), 'pass');
    assert.equal(outcome('007', { ...seen, calls: `${seen.calls}, query 8.5` }), 'pass');
  });

  it('fails one who gives up or asks too fast', () => {
    const gaveUp = faults('007', { calls: 'place 0, query 2 500, query 5 500', at: 20 });
    assert.match(gaveUp.join(), /At least 3 queries: 2 have come, the last one 15 s ago/);
    const fast = faults('007', { calls: 'query 1 500, query 1.5 500, query 4', at: 4 });
    assert.match(fast.join(), /Query 2 came 0\.5 s after/);
  });
});

describe('case 008, queries that keep failing', () => {
  it('passes a merchant who stops', () => {
    const four = 'place 0, query 2 500, query 5 500, query 8 500, query 11 500';
    assert.equal(outcome('008', { calls: four, at: 22 }), 'pass');
    const fast = 'query 2 500, query 4 500, query 6 500, query 8 500, query 10 500, query 12 500';
    assert.equal(outcome('008', { calls: fast, at: 23 }), 'pass');
  });

  it('fails one who goes on for ever', () => {
    const on = Array.from({ length: 9 }, (_, n) => `query ${2 + n * 3} 500`).join(', ');
    assert.match(faults('008', { calls: on, at: 27 }).join(), /Query 5 still came/);
  });
});

describe('case 009, a notification', () => {
  const sent = (...outcomes: string[]) => ({
    calls: 'place 0',
    at: 10,
    deliveries: outcomes.map((outcome, n) => ({ at: 3000, attempt: n + 1, outcome })),
  });

  it('passes a merchant who answers SUCCESS, also at a later attempt', () => {
    assert.equal(outcome('009', sent('accepted')), 'pass');
    assert.equal(outcome('009', sent('answered 503 instead of 200', 'accepted')), 'pass');
  });

  it('fails one who answers anything else, or names no notifyUrl', () => {
    assert.deepEqual(faults('009', sent('answered 503 instead of 200')), [
      'Answers {"response":"SUCCESS"}: Attempt 1: answered 503 instead of 200.',
    ]);
    const nobody = { ...sent(), order: { notifyUrl: undefined } };
    assert.match(faults('009', nobody).join(), /names none/);
  });

  it('is open until it is sent', () => {
    assert.equal(outcome('009', sent()), 'open');
  });
});
