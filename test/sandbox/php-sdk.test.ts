/**
 * What PayBy's official PHP SDK sends must be understood as it is. Its form on the wire is always sent
 * from here, and besides by PHP itself on a machine that has it.
 */
import assert from 'node:assert/strict';
import { execFile, spawnSync } from 'node:child_process';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Sandbox } from '../../src/sandbox/index.ts';
import { aed, setUp, sign as signed, verify } from './merchant.ts';
import { accept } from './shop.ts';

interface Exchange {
  /** The body as it went out. */
  sent: string;
  status: number;
  sign: string;
  /** The body as it came back. */
  answer: string;
}

type Send = (sandbox: Sandbox, path: string, bizContent: object) => Promise<Exchange>;

/** JSON as PHP writes it by itself: slashes and everything beyond ASCII escaped. */
const phpJson = (value: unknown): string =>
  JSON.stringify(value)
    .replaceAll('/', '\\/')
    .replace(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);

const sendByNode: Send = async (sandbox, path, bizContent) => {
  const requestTime = new Date().toISOString().replace('Z', '+00:00');
  const { partnerId, baseUrl, merchantPrivateKey } = sandbox;
  const sent = phpJson({ requestTime, partnerId, bizContent });
  const response = await fetch(baseUrl + path, {
    method: 'POST',
    headers: {
      'X-PayBy-Client-User-Agent': '{"lang":"php","lang_version":"8.2.0"}',
      'User-Agent': 'PayBy/v1 PhpBindings/0.0.9',
      'Content-Language': 'en',
      'Partner-Id': partnerId,
      'Content-type': 'application/json;charset=UTF-8',
      sign: signed(sent, merchantPrivateKey),
    },
    body: sent,
  });
  const sign = response.headers.get('sign') ?? '';
  return { sent, status: response.status, sign, answer: await response.text() };
};

const sendByPhp: Send = (sandbox, path, bizContent) =>
  new Promise((resolve, reject) => {
    const { partnerId, baseUrl, merchantPrivateKey: privateKey } = sandbox;
    const script = fileURLToPath(new URL('php/call.php', import.meta.url));
    const php = execFile('php', [script], { timeout: 30_000 }, (error, stdout, stderr) =>
      error || stderr ? reject(error ?? new Error(stderr)) : resolve(JSON.parse(stdout)),
    );
    php.stdin?.end(JSON.stringify({ partnerId, baseUrl, privateKey, path, bizContent }));
  });

const hasPhp =
  spawnSync('php', ['-r', 'exit(extension_loaded("openssl") ? 0 : 1);'], { timeout: 30_000 })
    .status === 0;

// The order of the SDK's README: amounts as text.
const order = {
  merchantOrderNo: 'php-1',
  subject: 'سلة / iPhone',
  totalAmount: { currency: 'AED', amount: '0.3' },
  paySceneCode: 'DYNQR',
  notifyUrl: 'http://yoursite.com/api/notification',
  accessoryContent: {
    amountDetail: { vatAmount: { currency: 'AED', amount: '0.3' } },
    goodsDetail: { body: 'Gifts', goodsName: 'candy flower', goodsId: 'GI1005' },
    terminalDetail: { merchantName: 'candy home' },
  },
};

for (const [name, send] of [
  ['Node', sendByNode] as const,
  ...(hasPhp ? [['PHP', sendByPhp] as const] : []),
]) {
  describe(`the PHP SDK’s requests, sent by ${name}`, () => {
    it('are understood in every operation', async (t) => {
      const { sandbox } = setUp({ now: Date.now, fetch: async () => accept() });
      const { close } = await sandbox.listen({ port: 0 });
      t.after(close);
      const call = async (operation: string, bizContent: object) => {
        const { sent, sign, answer } = await send(sandbox, `/acquire2/${operation}`, bizContent);
        assert.ok(verify(answer, sign, sandbox.paybyPublicKey));
        const { requestTime, partnerId } = JSON.parse(sent);
        assert.match(requestTime, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}[+-]\d\d:\d\d$/);
        assert.equal(sent, phpJson({ requestTime, partnerId, bizContent }));
        const { head, body } = JSON.parse(answer);
        return { ...body, said: `${head.code} ${head.msg}` };
      };

      const placed = await call('placeOrder', order);
      assert.equal(placed.said, '0 SUCCESS');
      assert.deepEqual(placed.acquireOrder.totalAmount, aed(0.3));
      assert.equal(placed.acquireOrder.subject, order.subject);
      assert.deepEqual(placed.acquireOrder.accessoryContent, order.accessoryContent);
      const { tokenUrl } = placed.interActionParams;
      assert.deepEqual(await call('placeOrder', order), placed);
      const changed = await call('placeOrder', { ...order, subject: 'iPad' });
      assert.equal(changed.said, '62016 MERCHANT_ORDER_NO_EXIST');

      const key = { merchantOrderNo: 'php-1' };
      sandbox.actions.scan('php-1');
      const scanned = await call('getCashierUrlInfo', { tokenUrl });
      assert.equal(scanned.payer.mobileNumberMask, '+971-58*92');
      sandbox.actions.pay('php-1');
      assert.equal((await call('getOrder', key)).acquireOrder.status, 'PAID_SUCCESS');
      assert.equal((await call('cancelOrder', key)).said, '62001 ORDER_PAID');

      const refund = {
        refundMerchantOrderNo: 'php-r1',
        originMerchantOrderNo: 'php-1',
        amount: { currency: 'AED', amount: '0.1' },
      };
      const refunded = await call('refund/placeOrder', refund);
      assert.deepEqual(refunded.refundSummary.remainRefundAmount, aed(0.2));
      assert.deepEqual(
        await call('refund/getOrder', { refundMerchantOrderNo: 'php-r1' }),
        refunded,
      );
      const tooMuch = {
        merchantOrderNo: 'php-r2',
        originMerchantOrderNo: 'php-1',
        amount: { currency: 'AED', amount: '0.21' },
      };
      assert.equal((await call('refund/placeOrder', tooMuch)).said, '62006 REFUND_AMOUNT_EXCEEDED');
      assert.equal((await call('revokeOrder', key)).said, '62041 ACQUIRE_ORDER_REFUNDED');

      await call('placeOrder', { ...order, merchantOrderNo: 'php-2' });
      const second = { merchantOrderNo: 'php-2' };
      const expiredTime = placed.acquireOrder.expiredTime + 1;
      const moved = await call('updateExpiredTime', { ...second, expiredTime });
      assert.equal(moved.acquireOrder.expiredTime, expiredTime);
      assert.equal((await call('cancelOrder', second)).acquireOrder.status, 'FAILURE');
      // PHP writes an empty array where an object is meant.
      assert.match((await call('getOrder', [])).said, /^400 INVALID_PARAMETER: /);
    });
  });
}
