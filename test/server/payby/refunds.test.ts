import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  type Amount,
  PaybyError,
  PaybyUnknownError,
  type RefundRequest,
  saysNoSuchRefund,
  saysRefundExceeds,
  saysRefundNumberTaken,
  toPaybyRefund,
} from '../../../src/server/index.ts';
import {
  broken,
  lost,
  openClient,
  order,
  refund,
  sample,
  unknown,
} from '../support/open-client.ts';

const aed = (amount: string): Amount => ({ amount, currency: 'AED' });
const part = { ...refund, amount: aed('2.34') };

describe('placeRefund', () => {
  it('asks in PayBy’s words and answers what is left', async () => {
    const { client, payby, paidOrder } = openClient();
    await paidOrder();
    const placed = await client.placeRefund({
      ...part,
      reason: 'broken on arrival',
      operatorName: 'zxy',
      notifyUrl: 'https://shop.example/notify',
    });
    assert.deepEqual(payby.calls.at(-1)?.content, {
      refundMerchantOrderNo: 'R1',
      originMerchantOrderNo: 'M965739182419',
      amount: { amount: 2.34, currency: 'AED' },
      reason: 'broken on arrival',
      operatorName: 'zxy',
      notifyUrl: 'https://shop.example/notify',
    });
    assert.equal(placed.refund.status, 'SUCCESS');
    assert.deepEqual(placed.refund.amount, aed('2.34'));
    assert.deepEqual(placed.summary, {
      acquireAmount: aed('12.34'),
      remainRefundAmount: aed('10.00'),
    });
    assert.deepEqual(await client.getRefund({ refundMerchantOrderNo: 'R1' }), placed);
    const { orderNo = '' } = placed.refund;
    assert.deepEqual(await client.getRefund({ orderNo }), placed);
  });

  it('takes PayBy’s number of the order in place of the merchant’s', async () => {
    const { client, payby, paidOrder } = openClient();
    await paidOrder();
    const { orderNo = '' } = await client.getOrder({ merchantOrderNo: order.merchantOrderNo });
    const { originMerchantOrderNo: _, ...rest } = part;
    await client.placeRefund({ ...rest, originOrderNo: orderNo });
    assert.equal(payby.calls.at(-1)?.content.originOrderNo, orderNo);
    assert.equal(payby.calls.at(-1)?.content.originMerchantOrderNo, undefined);
    payby.fault('placeRefund', async (work) =>
      payby.answer(
        (await work().text()).replace(`"originOrderNo":"${orderNo}"`, '"originOrderNo":"1"'),
      ),
    );
    const second = { ...rest, refundMerchantOrderNo: 'R2', originOrderNo: orderNo };
    await assert.rejects(
      client.placeRefund(second),
      unknown('unreadable', /not what was asked for/),
    );
  });

  it('reads PayBy’s samples', async () => {
    const { client, payby } = openClient();
    const refundMerchantOrderNo = 'M818494241569';
    payby.fault('placeRefund', () => payby.answer(sample('refund-order.response.json')));
    payby.fault('getRefund', () => payby.answer(sample('refund-query.response.json')));
    const placed = await client.placeRefund({
      refundMerchantOrderNo,
      originMerchantOrderNo: 'M965739182419',
      amount: aed('0.01'),
    });
    const { raw, ...said } = placed.refund;
    assert.deepEqual(said, {
      refundMerchantOrderNo,
      orderNo: '191405406113002297',
      originMerchantOrderNo: 'M965739182419',
      status: 'SUCCESS',
      amount: aed('0.01'),
      reason: 'refund',
    });
    assert.equal(raw.amount.amount, 0.01);
    const summary = { acquireAmount: aed('1.01'), remainRefundAmount: aed('1.00') };
    assert.deepEqual(placed.summary, summary);
    const queried = await client.getRefund({ refundMerchantOrderNo });
    assert.deepEqual(queried.refund.raw.reserved, 'order desc');
    assert.deepEqual(queried.summary, summary);
  });

  it('tells apart a number that is taken, too much money and no refund at all', async () => {
    const { client, paidOrder } = openClient();
    await paidOrder();
    await client.placeRefund(part);
    await assert.rejects(client.placeRefund(part), saysRefundNumberTaken);
    const much = { ...part, refundMerchantOrderNo: 'R2', amount: aed('10.01') };
    await assert.rejects(client.placeRefund(much), saysRefundExceeds);
    await assert.rejects(client.getRefund({ refundMerchantOrderNo: 'R2' }), saysNoSuchRefund);
  });

  it('does not know the outcome of an answer about another refund, or another amount', async () => {
    const { client, payby, paidOrder } = openClient();
    await paidOrder();
    const changes = [
      ['"R1"', '"R2"', /is another refund/],
      ['"amount":2.34', '"amount":2.35', /not what was asked for/],
      ['"originMerchantOrderNo":"M', '"originMerchantOrderNo":"N', /not what was asked for/],
      ['"status":"SUCCESS"', '"status":""', /cannot be read/],
      ['"amount":2.34', '"amount":2.345', /cannot be read/],
    ] as const;
    for (const [index, [from, to, why]] of changes.entries()) {
      payby.refunds.clear();
      payby.fault('placeRefund', async (work) =>
        payby.answer((await work().text()).replace(from, to)),
      );
      await assert.rejects(client.placeRefund(part), unknown('unreadable', why), `${index}`);
    }
  });

  it('refuses what PayBy would, before it is sent', async () => {
    const { client, payby } = openClient();
    const bad: [object, RegExp][] = [
      [{ refundMerchantOrderNo: 'R 1' }, /^refundMerchantOrderNo "R 1" is not 1 to 64/],
      [{ originMerchantOrderNo: undefined }, /^pass either originMerchantOrderNo or originOrderNo/],
      [{ originOrderNo: '131' }, /^pass either originMerchantOrderNo or originOrderNo/],
      [{ originMerchantOrderNo: 'M 1' }, /^originMerchantOrderNo "M 1"/],
      [{ amount: aed('0') }, /^amount\.amount "0" is zero/],
      [{ amount: aed('2.345') }, /^amount\.amount "2\.345" is not a decimal/],
      [{ amount: { amount: '1.00', currency: 'USD' } }, /^amount\.currency "USD"/],
      [{ notifyUrl: 'shop' }, /^notifyUrl "shop" is not an http\(s\) URL/],
    ];
    for (const [change, message] of bad) {
      const request = { ...refund, ...change } as RefundRequest;
      await assert.rejects(client.placeRefund(request), { name: 'TypeError', message });
    }
    const neither = {} as unknown as { orderNo: string };
    await assert.rejects(client.getRefund(neither), /either refundMerchantOrderNo or orderNo/);
    assert.deepEqual(payby.calls, []);
  });
});

describe('a refund whose answer is lost', () => {
  it('is found by its number when PayBy refuses the repetition, and happens once', async () => {
    for (const [amount, code] of [
      ['2.34', '62017'],
      ['12.34', '62006'],
    ] as const) {
      const { client, payby, paidOrder, passWait } = openClient();
      await paidOrder();
      const codes: unknown[] = [];
      payby.fault('placeRefund', lost, async (work) => {
        const response = work();
        codes.push((await response.clone().json()).head.code);
        return response;
      });
      const placed = client.placeRefund({ ...refund, amount: aed(amount) });
      await passWait(3_000);
      assert.deepEqual((await placed).refund.amount, aed(amount));
      assert.deepEqual(codes, [code]);
      assert.equal(payby.refunds.size, 1);
      assert.deepEqual(payby.calls.at(-1)?.content, { refundMerchantOrderNo: 'R1' });
    }
  });

  it('is sent again when PayBy never had it', async () => {
    const { client, payby, paidOrder, passWait } = openClient();
    await paidOrder();
    payby.fault('placeRefund', broken);
    const placed = client.placeRefund(part);
    await passWait(3_000);
    assert.equal((await placed).refund.status, 'SUCCESS');
    assert.equal(payby.count('getRefund'), 0);
  });

  it('is refused when its number belongs to another refund', async () => {
    const { client, payby, paidOrder, passWait } = openClient();
    await paidOrder();
    await client.placeRefund({ ...refund, amount: aed('1.00') });
    payby.fault('placeRefund', broken);
    const placed = client.placeRefund(part);
    placed.catch(() => {});
    await passWait(3_000);
    await assert.rejects(placed, saysRefundNumberTaken);
    assert.equal(payby.refunds.size, 1);
  });

  it('stays unknown when PayBy does not tell what became of it', async () => {
    const { client, payby, paidOrder, passWait } = openClient();
    await paidOrder();
    for (const [code, msg] of [
      ['62007', 'REFUND_MERCHANT_ORDER_NO_NOT_EXIST'],
      ['403', 'UNAUTHORIZED'],
    ] as const) {
      payby.fault('placeRefund', broken);
      payby.refuse('placeRefund', '62045', 'REFUND_REJECTED');
      payby.refuse('getRefund', code, msg);
      const placed = client.placeRefund(part);
      placed.catch(() => {});
      await passWait(3_000);
      await assert.rejects(placed, (error: unknown) => {
        assert.ok(unknown('network', /FAIL 62045 REFUND_REJECTED to the next/)(error));
        assert.ok(error instanceof PaybyUnknownError && error.cause instanceof PaybyError);
        assert.deepEqual([error.code, error.cause.codeName], ['62045', 'REFUND_REJECTED']);
        return true;
      });
    }
  });

  it('stays unknown when the caller stops waiting for what became of it', async () => {
    const { client, payby, paidOrder, passWait } = openClient();
    await paidOrder();
    const controller = new AbortController();
    payby.fault('placeRefund', lost, (work) => work());
    payby.fault('getRefund', () => {
      controller.abort();
      return new Promise<Response>(() => {});
    });
    const placed = client.placeRefund(part, { signal: controller.signal });
    placed.catch(() => {});
    await passWait(3_000);
    await assert.rejects(placed, unknown('network', /FAIL 62017/));
  });

  it('is not sent again for callers that say so', async () => {
    const { client, payby, paidOrder } = openClient();
    await paidOrder();
    payby.fault('placeRefund', lost);
    await assert.rejects(client.placeRefund(part, { retries: 0 }), unknown('network'));
    await assert.rejects(client.placeRefund(part, { retries: 0 }), saysRefundNumberTaken);
    assert.equal(payby.count('getRefund'), 0);
  });
});

describe('a refund in a notification', () => {
  it('is read like one in an answer', () => {
    const { refundOrder } = JSON.parse(sample('refund.notification.json'));
    const { raw, ...said } = toPaybyRefund(refundOrder);
    assert.deepEqual(said, {
      refundMerchantOrderNo: 'M029348361456',
      orderNo: '191587114148046289',
      originMerchantOrderNo: 'M572007254058',
      status: 'SUCCESS',
      amount: aed('0.01'),
      reason: 'refund',
    });
    assert.equal(raw.notifyUrl, 'http://www.yoursite.com');
  });

  it('may lack everything but its number, its status and its amount', () => {
    const least = {
      refundMerchantOrderNo: 'R1',
      status: 'FAILURE',
      amount: { amount: 1, currency: 'AED' },
    };
    const odd = { ...least, orderNo: null, reason: 7, failCode: '62045', failDes: 'rejected' };
    const { raw, ...said } = toPaybyRefund(odd);
    assert.deepEqual(said, {
      ...least,
      amount: aed('1.00'),
      failCode: '62045',
      failDes: 'rejected',
    });
    assert.equal(raw.reason, undefined);
    for (const field of ['refundMerchantOrderNo', 'status', 'amount'] as const) {
      const message = new RegExp(`^refundOrder\\.${field}`);
      assert.throws(() => toPaybyRefund({ ...least, [field]: undefined }), { message });
    }
    assert.throws(() => toPaybyRefund({ ...least, amount: { amount: 1.005, currency: 'AED' } }), {
      name: 'TypeError',
      message: /^refundOrder\.amount\.amount "1\.005"/,
    });
    assert.throws(() => toPaybyRefund(null), { name: 'ProtocolError' });
  });
});
