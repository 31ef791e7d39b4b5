import { expect } from '@open-wc/testing';
import { jitter, pollDelay, reconnectDelay } from '../../src/order/delays.ts';

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
});
