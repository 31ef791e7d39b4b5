import { expect } from '@open-wc/testing';
import { jitter, pollDelay, reconnectDelay, retryAfter } from '../../src/order/delays.ts';

describe('delays', () => {
  it('polls every 2.5 s for two minutes, 5 s up to ten, then 10 s', () => {
    expect([0, 119_999, 120_000, 599_999, 600_000].map(pollDelay)).to.deep.equal([
      2500, 2500, 5000, 5000, 10_000,
    ]);
  });

  it('varies by at most a tenth', () => {
    expect([0, 0.5, 1].map((random) => jitter(1000, random))).to.deep.equal([900, 1000, 1100]);
  });

  it('doubles the wait for a stream up to 30 s', () => {
    expect([1, 2, 3, 6, 50].map((attempt) => reconnectDelay(attempt, 1))).to.deep.equal([
      1000, 2000, 4000, 30_000, 30_000,
    ]);
  });

  it('reads Retry-After in seconds and as a date, up to two minutes', () => {
    const now = Date.UTC(2026, 0, 1);
    expect(retryAfter('7', now)).to.equal(7000);
    expect(retryAfter(new Date(now + 9000).toUTCString(), now)).to.equal(9000);
    expect(retryAfter('86400', now)).to.equal(120_000);
    expect(retryAfter(new Date(now - 9000).toUTCString(), now)).to.equal(0);
    expect(retryAfter('soon', now)).to.equal(undefined);
    expect(retryAfter(null, now)).to.equal(undefined);
  });
});
