import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { minute, orderFields, setUp, start } from './merchant.ts';

const path = '/acquire2/placeOrder';
const request = (requestTime: unknown, more: object = {}) =>
  JSON.stringify({ requestTime, bizContent: orderFields, ...more });

describe('requestTime', () => {
  it('is epoch ms or RFC 3339, and a partnerId in the body does no harm', async () => {
    const { send } = setUp();
    for (const requestTime of [start, '2026-11-22T14:00:00.000+04:00', '2026-11-22T10:00:00Z']) {
      const body = request(requestTime, { partnerId: '200000000001' });
      const answer = await send(path, { body });
      assert.equal(answer.body?.acquireOrder.requestTime, start);
    }
  });

  it('may be fifteen minutes off, and not a millisecond more', async () => {
    const { send } = setUp();
    const msgAt = async (time: number) => {
      const { head } = await send(path, { body: request(time) });
      return `${head.code} ${head.msg}`;
    };
    assert.equal(await msgAt(start - 15 * minute), '0 SUCCESS');
    assert.equal(await msgAt(start + 15 * minute), '0 SUCCESS');
    assert.equal(await msgAt(start - 15 * minute - 1), '400 REQUESTTIME_TOO_EARLY');
    assert.equal(await msgAt(start + 15 * minute + 1), '400 REQUESTTIME_TOO_LATER');
  });

  it('is refused in any other form', async () => {
    const { send } = setUp();
    for (const time of [
      undefined,
      null,
      String(start),
      1.5,
      -1,
      '2026-11-22',
      '2026-99-99T10:00:00Z',
    ]) {
      const { head } = await send(path, { body: request(time) });
      assert.equal(head.code, '400');
      assert.match(head.msg, /^INVALID_PARAMETER: request\.requestTime/);
    }
  });
});
