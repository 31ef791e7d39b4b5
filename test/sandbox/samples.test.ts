/** PayBy's own samples: its requests are understood as they are, and its answers' fields are all there. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { open, setUp, tokenUrl } from './merchant.ts';
import { openShop } from './shop.ts';

const sample = (name: string) =>
  JSON.parse(readFileSync(new URL(`../support/samples/${name}.json`, import.meta.url), 'utf8'));

/** Every field's path; those of a list are its first item's. */
const paths = (value: unknown, path = ''): string[] =>
  typeof value === 'object' && value !== null
    ? Object.entries(Array.isArray(value) ? value.slice(0, 1) : value).flatMap(([key, inner]) =>
        paths(inner, `${path}.${key}`),
      )
    : [path];

/** What the sample has and the answer has not. */
const missing = (name: string, answer: unknown): string[] => {
  const there = new Set(paths(answer));
  return paths(sample(name)).filter((path) => !there.has(path));
};

/** Plays PayBy's story: order M965739182419 is placed and paid, and a fils of it refunded. */
async function play(options = {}) {
  const shop = openShop();
  const made = setUp({ ...shop.options, ...options });
  const send = (path: string, name: string, changes = {}) =>
    made.call(path, { ...sample(name).bizContent, ...changes });
  const place = () =>
    send('/acquire2/placeOrder', 'place-order.request', { paySceneCode: 'DYNQR' });
  return { ...made, shop, send, place };
}

// The sandbox splits no payments and charges no fees.
const sharing = /\.sharing|feeRefunded/;
const fields = (name: string, answer: unknown) =>
  missing(name, answer).filter((path) => !sharing.test(path));

describe('PayBy’s samples', () => {
  it('of an order, its payment and its query', async () => {
    const { place, send, sandbox, shop } = await play();
    const placed = await place();
    assert.deepEqual(fields('dynqr-order.response', JSON.parse(placed.text)), []);
    sandbox.actions.pay('M965739182419');
    await shop.nextReport();
    assert.deepEqual(fields('payment.notification', shop.received[0]?.json), []);
    const found = await send('/acquire2/getOrder', 'get-order.request');
    assert.deepEqual(fields('paid-order.response', JSON.parse(found.text)), ['.head.success']);
  });

  it('of a scanner', async () => {
    const { place, call, sandbox } = await play();
    const url = tokenUrl(await place());
    await open(sandbox, url);
    const answer = await call('/acquire2/getCashierUrlInfo', { tokenUrl: url });
    assert.deepEqual(answer.body, sample('cashier-url.response').body);
  });

  it('of a refund, its query and its notification', async () => {
    const { place, send, sandbox, shop } = await play();
    await place();
    sandbox.actions.pay('M965739182419');
    await shop.nextReport();
    const path = '/acquire2/refund/placeOrder';
    const refunded = await send(path, 'refund-order.request');
    assert.deepEqual(fields('refund-order.response', JSON.parse(refunded.text)), []);
    assert.deepEqual(
      refunded.body?.refundSummary,
      sample('refund-order.response').body.refundSummary,
    );
    const found = await send('/acquire2/refund/getOrder', 'refund-query.request');
    assert.deepEqual(fields('refund-query.response', JSON.parse(found.text)), []);
    await shop.nextReport();
    const ownUrl = ['.refundOrder.notifyUrl'];
    assert.deepEqual(fields('refund.notification', shop.received[1]?.json), ownUrl);
  });

  it('of a revoke and a new expiry', async () => {
    const { place, send, sandbox } = await play();
    const { body } = await place();
    const expiredTime = Number(body?.acquireOrder.expiredTime) + 1;
    const update = '/acquire2/updateExpiredTime';
    const moved = await send(update, 'update-expired-time.request', { expiredTime });
    assert.equal(moved.body?.acquireOrder.expiredTime, expiredTime);
    sandbox.actions.pay('M965739182419');
    const merchantOrderNo = 'M965739182419';
    const answer = await send('/acquire2/revokeOrder', 'revoke-order.request', {
      merchantOrderNo,
    });
    assert.deepEqual(fields('revoke-order.response', JSON.parse(answer.text)), []);
    const { status, revoked } = sample('revoke-order.response').body.acquireOrder;
    assert.deepEqual(
      [answer.body?.acquireOrder.status, answer.body?.acquireOrder.revoked],
      [status, revoked],
    );
  });
});
