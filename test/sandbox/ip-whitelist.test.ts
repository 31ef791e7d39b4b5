import assert from 'node:assert/strict';
import { createPublicKey } from 'node:crypto';
import { describe, it } from 'node:test';
import { isIpRule } from '../../src/sandbox/http/ip-whitelist.ts';
import { openRequest } from '../../src/sandbox/http/signed-request.ts';
import { orderFields, setUp, sign, start } from './merchant.ts';

const { sandbox } = setUp();
const body = JSON.stringify({ requestTime: start, bizContent: orderFields });
const merchantPublicKey = createPublicKey(sandbox.merchantPublicKey);

/** Sends a request from an address, to a gateway with these rules. */
const send = (remoteAddress: string | undefined, allowedIps?: readonly string[], changes = {}) =>
  openRequest(
    {
      partnerId: sandbox.partnerId,
      sign: sign(body, sandbox.merchantPrivateKey),
      contentType: 'application/json',
      body: new TextEncoder().encode(body),
      remoteAddress,
      ...changes,
    },
    { partnerId: sandbox.partnerId, merchantPublicKey, allowedIps, now: start },
  );

const refusedAs = (msg: RegExp) => (error: unknown) => {
  assert.ok(error instanceof Error && 'code' in error && 'applyStatus' in error);
  assert.deepEqual([error.code, error.applyStatus], ['403', 'FAIL']);
  assert.match(error.message, msg);
  return true;
};

describe('the IP whitelist', () => {
  it('lets everybody in where there is none, and where it says *', () => {
    for (const rules of [undefined, ['*'], ['10.0.0.1', '*']]) {
      assert.equal(send('203.0.113.9', rules).requestTime, start);
      assert.equal(send(undefined, rules).requestTime, start);
    }
  });

  it('lets in the addresses and subnets it lists, in either spelling of IPv4', () => {
    const rules = ['203.0.113.9', '10.0.0.0/8', '2001:db8::/32', '::ffff:192.0.2.1'];
    for (const address of [
      '203.0.113.9',
      '::ffff:203.0.113.9',
      '10.20.30.40',
      '::ffff:10.20.30.40',
      '2001:db8::1',
      '2001:0DB8:0:0::1',
      '192.0.2.1',
    ]) {
      assert.equal(send(address, rules).requestTime, start, address);
    }
    assert.equal(send('fe80::1%eth0', ['fe80::/10']).requestTime, start);
  });

  it('refuses every other sender with 403, also one it cannot see', () => {
    const rules = ['203.0.113.9', '10.0.0.0/8', '127.0.0.1'];
    for (const address of [
      '203.0.113.8',
      '11.0.0.1',
      '::ffff:11.0.0.1',
      '::1',
      '2001:db8::1',
      '',
    ]) {
      assert.throws(
        () => send(address, rules),
        refusedAs(/^UNAUTHORIZED: address .*is not in the IP whitelist$/),
      );
    }
    assert.throws(() => send(undefined, rules), refusedAs(/of the sender, which is unknown/));
    assert.throws(() => send('203.0.113.9', []), refusedAs(/address 203\.0\.113\.9 is not/));
  });

  it('asks for the partner before it, and looks at the signature after it', () => {
    const rules = ['10.0.0.1'];
    const stranger = { partnerId: '200000000009' };
    assert.throws(() => send('10.0.0.2', rules, stranger), refusedAs(/header Partner-Id/));
    assert.throws(() => send('10.0.0.2', rules, { sign: 'nonsense' }), refusedAs(/address/));
  });

  it('knows which rules it can follow', () => {
    for (const rule of ['*', '10.0.0.1', '10.0.0.0/8', '0.0.0.0/0', '::1', '2001:db8::/128']) {
      assert.ok(isIpRule(rule), rule);
    }
    for (const rule of [
      '',
      'shop.example',
      '10.0.0',
      '10.0.0.0/33',
      '::/129',
      '10.0.0.1/',
      '::1%lo',
    ]) {
      assert.ok(!isIpRule(rule), rule);
    }
  });
});
