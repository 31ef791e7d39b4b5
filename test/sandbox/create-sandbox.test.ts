import assert from 'node:assert/strict';
import { createPrivateKey, createPublicKey } from 'node:crypto';
import { describe, it } from 'node:test';
import { createSandbox } from '../../src/sandbox/index.ts';
import { setUp, sign, tokenUrl, verify } from './merchant.ts';

describe('createSandbox', () => {
  it('waits as long as a timer can', () => {
    assert.ok(createSandbox({ timeScale: 0.026 }));
  });

  it('has keys that belong together, as PEM', () => {
    const { merchantPrivateKey, merchantPublicKey, paybyPublicKey, partnerId } = createSandbox();
    assert.match(merchantPrivateKey, /^-----BEGIN PRIVATE KEY-----\n/);
    assert.match(paybyPublicKey, /^-----BEGIN PUBLIC KEY-----\n/);
    assert.ok(verify('x', sign('x', merchantPrivateKey), merchantPublicKey));
    assert.equal(createPrivateKey(merchantPrivateKey).asymmetricKeyDetails?.modulusLength, 2048);
    assert.notEqual(merchantPublicKey, paybyPublicKey);
    assert.ok(partnerId.length <= 12);
  });

  it('takes keys as PEM or as bare Base64', () => {
    const { merchantPrivateKey: pem, merchantPublicKey } = createSandbox();
    const bare = createPrivateKey(pem).export({ type: 'pkcs8', format: 'der' }).toString('base64');
    const given = createSandbox({ merchantPrivateKey: bare, paybyPrivateKey: pem });
    assert.equal(given.merchantPrivateKey, pem);
    assert.equal(given.paybyPublicKey, merchantPublicKey);
    assert.equal(createPublicKey(given.paybyPublicKey).asymmetricKeyType, 'rsa');
  });

  it('points codes below its public URL', async () => {
    const { place, sandbox } = setUp({ publicUrl: 'http://192.168.1.20:4010/pay/' });
    assert.match(
      tokenUrl(await place()),
      /^http:\/\/192\.168\.1\.20:4010\/pay\/wallet\?BIZ_TYPE=202&/,
    );
    assert.equal(sandbox.partnerId, '200000000001');
  });

  it('takes what fetch takes', async () => {
    const { sandbox } = setUp();
    for (const input of [sandbox.baseUrl, new URL(sandbox.baseUrl), new Request(sandbox.baseUrl)]) {
      assert.equal((await sandbox.fetch(input)).status, 404);
    }
  });

  it('names the option it cannot use, and no key', () => {
    const secret = 'MIIEvQ-not-a-key';
    for (const [options, message] of [
      [{ partnerId: '2000000000012' }, /partnerId "2000000000012".*1 to 12/],
      [{ partnerId: '' }, /partnerId ""/],
      [{ publicUrl: 'ftp://x' }, /publicUrl "ftp:\/\/x" cannot be used; give an http\(s\) URL/],
      [{ timeScale: 0 }, /timeScale 0/],
      [{ timeScale: 0.025 }, /timeScale 0\.025 cannot be used; .* give 0\.026 or more/],
      [{ settleAfter: -1 }, /settleAfter -1/],
      [{ refundsPend: -1 }, /refundsPend -1 cannot be used; give true, or ms/],
      [
        { merchantPrivateKey: secret },
        /^TypeError: createSandbox: merchantPrivateKey is not an RSA/,
      ],
      [{ paybyPrivateKey: '' }, /paybyPrivateKey is not/],
    ] as const) {
      assert.throws(
        () => createSandbox(options),
        (error) => {
          assert.match(String(error), message);
          assert.ok(!String(error).includes(secret));
          return error instanceof TypeError;
        },
      );
    }
  });
});
