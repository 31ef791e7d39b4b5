import { expect } from '@open-wc/testing';
import { CheckoutError } from '../../src/order/checkout-error.ts';
import { readAnswer } from '../../src/order/read-answer.ts';
import { problem } from '../support/browser/fake-backend.ts';
import { FakeClock } from '../support/browser/fake-clock.ts';

describe('a backend that wants to be left alone', () => {
  const clock = new FakeClock();

  /** How long it is left alone, ms. */
  async function retryAfter(header: string | undefined): Promise<number | undefined> {
    const response = problem(503, 'busy', header === undefined ? {} : { 'retry-after': header });
    try {
      await readAnswer(response, 'GET /x', clock);
    } catch (error) {
      if (error instanceof CheckoutError) return error.retryAfter;
    }
    throw new Error('the answer was taken for good');
  }
  const inMs = (ms: number) => new Date(clock.epoch() + ms).toUTCString();

  it('says so in seconds or as a date, and is for up to two minutes', async () => {
    expect(await retryAfter('7')).to.equal(7000);
    expect(await retryAfter(inMs(9000))).to.equal(9000);
    expect(await retryAfter('86400')).to.equal(120_000);
    expect(await retryAfter(inMs(-9000))).to.equal(0);
    expect(await retryAfter('soon')).to.equal(undefined);
    expect(await retryAfter(undefined)).to.equal(undefined);
  });
});
