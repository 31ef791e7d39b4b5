import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { orderStatuses } from '../../src/protocol.ts';
import { canFollow } from '../../src/server/index.ts';

describe('order statuses', () => {
  it('never leave paid, except for refunded, and never leave refunded', () => {
    assert.deepEqual(
      orderStatuses.filter((to) => canFollow('paid', to)),
      ['refunded'],
    );
    assert.deepEqual(
      orderStatuses.filter((to) => canFollow('refunded', to)),
      [],
    );
  });

  it('give way to paid, even from failed, expired and cancelled', () => {
    const before = orderStatuses.filter((from) => canFollow(from, 'paid'));
    assert.deepEqual(before, ['pending', 'scanned', 'failed', 'expired', 'cancelled']);
  });

  it('never open again', () => {
    for (const from of orderStatuses) assert.equal(canFollow(from, 'pending'), false, from);
    for (const from of ['failed', 'expired', 'cancelled'] as const) {
      assert.deepEqual(
        orderStatuses.filter((to) => canFollow(from, to)),
        ['paid', 'refunded'],
      );
    }
  });

  it('never follow themselves', () => {
    for (const status of orderStatuses) assert.equal(canFollow(status, status), false);
  });
});
