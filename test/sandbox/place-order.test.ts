import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { acquireOrderSchema, decodeOrder, parse } from '../../src/protocol.ts';
import { hour, minute, orderFields, press, setUp, start, tokenUrl } from './merchant.ts';

describe('placeOrder', () => {
  it('answers a new order as PayBy does', async () => {
    const { place, sandbox } = setUp({ publicUrl: 'http://localhost:4010/' });
    const accessoryContent = { terminalDetail: { merchantName: 'Candy Home' } };
    const answer = await place({ accessoryContent, reserved: 'order desc', subjectAr: 'سلة' });
    const order = answer.body?.acquireOrder;
    assert.deepEqual(order, {
      merchantOrderNo: 'M1',
      orderNo: '131795341600000001',
      status: 'CREATED',
      product: 'Basic Payment Gateway',
      totalAmount: { amount: 12.3, currency: 'AED' },
      payeeMid: sandbox.partnerId,
      expiredTime: start + 2 * hour,
      notifyUrl: 'https://shop.example/notify',
      subject: 'Cart 42',
      subjectAr: 'سلة',
      requestTime: start,
      accessoryContent,
      paySceneCode: 'DYNQR',
      revoked: 'false',
      reserved: 'order desc',
    });
    assert.match(
      tokenUrl(answer),
      new RegExp(`^http://localhost:4010/wallet\\?BIZ_TYPE=202&ft=[0-9a-f]{32}&t=${start}$`),
    );
    parse(acquireOrderSchema, order, 'acquireOrder');
    assert.equal(decodeOrder(JSON.parse(answer.text), start).order.status, 'pending');
  });

  it('writes money with both decimals, as a number', async () => {
    const { place } = setUp();
    for (const [amount, written] of [
      [0.1, '0.10'],
      [200, '200.00'],
      [0.07, '0.07'],
      [1.15, '1.15'],
      [999999999999.99, '999999999999.99'],
    ]) {
      const { text } = await place({
        merchantOrderNo: `M-${amount}`.replace('.', '_'),
        totalAmount: { currency: 'AED', amount },
      });
      assert.ok(text.includes(`"totalAmount":{"amount":${written},"currency":"AED"}`), text);
    }
  });

  it('names the field that breaks a rule', async () => {
    const { place } = setUp();
    const aed = (amount: unknown) => ({ totalAmount: { amount, currency: 'AED' } });
    const wrong: [Record<string, unknown>, string][] = [
      [{ merchantOrderNo: undefined }, 'merchantOrderNo'],
      [{ merchantOrderNo: '' }, 'merchantOrderNo'],
      [{ merchantOrderNo: 'M 1' }, 'merchantOrderNo'],
      [{ merchantOrderNo: 'M1\n' }, 'merchantOrderNo'],
      [{ merchantOrderNo: 'x'.repeat(65) }, 'merchantOrderNo'],
      [{ subject: undefined }, 'subject'],
      [{ subject: 'x'.repeat(65) }, 'subject'],
      [{ subjectAr: 'x'.repeat(201) }, 'subjectAr'],
      [{ totalAmount: undefined }, 'totalAmount'],
      [aed('12.301'), 'totalAmount.amount'],
      [aed('0.00'), 'totalAmount.amount'],
      [aed('1e3'), 'totalAmount.amount'],
      [aed(' 1'), 'totalAmount.amount'],
      [aed(''), 'totalAmount.amount'],
      [aed(null), 'totalAmount.amount'],
      [aed(0), 'totalAmount.amount'],
      [aed(-1), 'totalAmount.amount'],
      [aed(1.005), 'totalAmount.amount'],
      [aed(1e12), 'totalAmount.amount'],
      [{ totalAmount: { amount: 1, currency: 'USD' } }, 'totalAmount.currency'],
      [{ paySceneCode: undefined }, 'paySceneCode'],
      [{ paySceneParams: { changePayer: 'yes' } }, 'paySceneParams.changePayer'],
      [{ expiredTime: String(start + hour) }, 'expiredTime'],
      [{ notifyUrl: 'ftp://shop.example' }, 'notifyUrl'],
      [{ notifyUrl: `https://shop.example/${'x'.repeat(200)}` }, 'notifyUrl'],
      [{ reserved: 'x'.repeat(21) }, 'reserved'],
    ];
    for (const [fields, field] of wrong) {
      const { head, body } = await place(fields);
      assert.deepEqual([head.applyStatus, head.code], ['FAIL', '400'], field);
      assert.ok(head.msg.startsWith(`INVALID_PARAMETER: bizContent.${field}: `), head.msg);
      assert.equal(body, undefined);
    }
  });

  it('takes the longest values the rules allow', async () => {
    const { place } = setUp();
    const { head } = await place({
      merchantOrderNo: 'x'.repeat(64),
      subject: 'x'.repeat(64),
      subjectAr: 'x'.repeat(200),
      reserved: 'x'.repeat(20),
      expiredTime: start + 48 * hour,
      notifyUrl: 'https://shop.example/'.padEnd(200, 'x'),
    });
    assert.equal(head.code, '0', head.msg);
  });

  it('has codes of their own for scene, expiry and attempts', async () => {
    const { place } = setUp();
    const code = async (fields: Record<string, unknown>) => {
      const { head } = await place(fields);
      return `${head.code} ${head.msg}`;
    };
    assert.equal(
      await code({ paySceneCode: 'PAYPAGE' }),
      '62012 PAYSCENECODE_ILLEGAL: "PAYPAGE"; this sandbox takes "DYNQR" and "EWALLET"',
    );
    const early = '62008 EXPIREDTIME_LESS_THAN_REQUESTTIME';
    assert.equal(await code({ expiredTime: start - 1 }), early);
    assert.equal(await code({ expiredTime: start }), early);
    assert.equal(await code({ expiredTime: start + 48 * hour + 1 }), '62009 EXPIREDTIME_TOO_LATER');
    for (const oneTimePayment of [true, 'yes', null]) {
      assert.match(await code({ paySceneParams: { oneTimePayment } }), /^62073 INVALID_ONE_TIME/);
    }
  });

  it('counts expiry from the request’s own time', async () => {
    const { place } = setUp();
    const { body } = await place({}, start - 10 * minute);
    assert.equal(body?.acquireOrder.expiredTime, start - 10 * minute + 2 * hour);
  });
});

describe('placing the same order again', () => {
  it('returns the present order; the first request’s time stands', async () => {
    const { place, clock } = setUp();
    const first = await place();
    clock.now += 5 * minute;
    const again = await place();
    assert.deepEqual(again.body, first.body);
    assert.equal(again.body?.acquireOrder.requestTime, start);
  });

  it('does not mind the order of keys or how a number is written', async () => {
    const { send, place } = setUp();
    const first = await place();
    const { totalAmount: _, ...rest } = orderFields;
    const money = { currency: 'AED', amount: 12.3 };
    const reordered = Object.fromEntries(Object.entries({ ...rest, totalAmount: money }).reverse());
    const body = JSON.stringify({ bizContent: reordered, requestTime: start });
    const again = await send('/acquire2/placeOrder', { body: body.replace('12.3', '12.300') });
    assert.deepEqual(again.body, first.body);
  });

  it('refuses other business parameters with 62016 and keeps the order', async () => {
    const { place, get } = setUp();
    await place();
    for (const other of [
      { subject: 'Cart 43' },
      { totalAmount: { amount: 12.31, currency: 'AED' } },
      { expiredTime: start + 2 * hour },
      { paySceneParams: { oneTimePayment: 'false' } },
    ]) {
      const { head } = await place(other);
      assert.deepEqual([head.code, head.msg], ['62016', 'MERCHANT_ORDER_NO_EXIST']);
    }
    assert.equal((await get('M1')).body?.acquireOrder.subject, 'Cart 42');
  });

  it('gives a fresh code once the old one has lapsed after an hour', async () => {
    const { place, clock } = setUp();
    const first = tokenUrl(await place());
    clock.now = start + hour - 1;
    assert.equal(tokenUrl(await place()), first);
    clock.now = start + hour;
    const second = tokenUrl(await place());
    assert.notEqual(second, first);
    assert.match(second, new RegExp(`&t=${start + hour}$`));
    assert.equal(tokenUrl(await place()), second);
  });

  it('shows a finished order without a code', async () => {
    const { place, cancel, sandbox, clock } = setUp({ fetch: async () => new Response() });
    await place();
    await cancel('M1');
    await press(sandbox, tokenUrl(await place({ merchantOrderNo: 'M2' })), /Pay/);
    await place({ merchantOrderNo: 'M3' });
    clock.now += 3 * hour;
    for (const [merchantOrderNo, status] of [
      ['M1', 'FAILURE'],
      ['M2', 'PAID_SUCCESS'],
      ['M3', 'FAILURE'],
    ]) {
      const { body } = await place({ merchantOrderNo });
      assert.equal(body?.acquireOrder.status, status);
      assert.equal(body?.interActionParams, undefined);
    }
  });
});
