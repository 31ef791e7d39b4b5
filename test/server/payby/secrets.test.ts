import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { inspect } from 'node:util';
import { broken, lost, openClient, order, refund } from '../support/open-client.ts';
import { keys } from '../support/shop.ts';

const bare = (pem: string) => pem.replace(/-----.*?-----|\s/g, '');
const secrets = [keys.merchant, keys.payby].flatMap((pair) => Object.values(pair).map(bare));

/** Everything a log could print of a value, as deep as it goes. */
const printed = (value: unknown): string =>
  [
    inspect(value, { depth: null, showHidden: true, getters: true, maxStringLength: null }),
    JSON.stringify(value) ?? '',
    String(value),
  ].join('\n');

function assertSilent(text: string): void {
  for (const secret of secrets) {
    for (let at = 0; at + 24 <= secret.length; at += 24) {
      assert.ok(!text.includes(secret.slice(at, at + 24)), 'a key can be read');
    }
  }
}

describe('keys', () => {
  it('would be noticed by this test', () => {
    assert.throws(() => assertSilent(printed({ key: keys.merchant.privateBase64 })), /can be read/);
  });

  it('are in nothing that can be printed of a client', async () => {
    const { client } = openClient();
    assertSilent(printed(client));
    await client.ready();
    await client.placeOrder(order);
    assertSilent(printed(client));
    assert.deepEqual(JSON.parse(JSON.stringify(client)), { partnerId: '200000004021' });
  });

  it('are in no error, nor in its causes', async () => {
    const { client, payby, passWait } = openClient();
    const number = { merchantOrderNo: order.merchantOrderNo };
    await client.placeOrder(order);
    payby.pay(order.merchantOrderNo);
    payby.fault('cancelOrder', lost);
    const cancelled = client.cancelOrder(number).catch((error) => error);
    await passWait(3_000);
    payby.fault('placeRefund', broken);
    payby.refuse('placeRefund', '62045', 'REFUND_REJECTED');
    const refunded = client.placeRefund(refund).catch((error) => error);
    await passWait(3_000);
    payby.fault('getOrder', () => new Response('{}'));
    const errors: unknown[] = [
      await cancelled,
      await refunded,
      await client.getOrder(number).catch((error) => error),
      await client.getOrder({ merchantOrderNo: 'M2' }).catch((error) => error),
      await client.getOrder({ merchantOrderNo: 'M 2' }).catch((error) => error),
    ];
    for (const error of errors) {
      assert.ok(error instanceof Error);
      assertSilent(printed(error));
    }
  });

  it('are in no error about the key that was put in the wrong place', async () => {
    const texts = [keys.merchant, keys.payby].flatMap((pair) => Object.values(pair));
    for (const text of texts) {
      for (const option of ['privateKey', 'paybyPublicKey', 'partnerId', 'environment'] as const) {
        let thrown: unknown;
        try {
          const { client } = openClient({ [option]: text });
          thrown = await client.ready().catch((error) => error);
        } catch (error) {
          thrown = error;
        }
        assertSilent(printed(thrown));
      }
    }
  });
});
