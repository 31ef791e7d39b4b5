import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { open, press, setUp, verdict } from './merchant.ts';
import { accept } from './shop.ts';

const paySceneParams = {
  eWalletCode: 'botim-pay',
  redirectUrl: 'https://shop.example/back',
  terminalType: 'WAP',
  osType: 'IOS',
};

const setUpApp = () => {
  const made = setUp({ fetch: async () => accept() });
  const place = (params: object = {}, fields: object = {}) =>
    made.place({
      paySceneCode: 'EWALLET',
      paySceneParams: { ...paySceneParams, ...params },
      ...fields,
    });
  return { ...made, place };
};

describe('placeOrder with EWALLET', () => {
  it('answers a deepLink in place of a tokenUrl; it leads to the wallet and back', async () => {
    const { place, sandbox, get } = setUpApp();
    const { body } = await place();
    assert.equal(body?.acquireOrder.paySceneCode, 'EWALLET');
    const { deepLink = '', ...others } = body?.interActionParams ?? {};
    assert.deepEqual(others, {});
    const { html } = await press(sandbox, deepLink, /Pay/);
    assert.match(html, /href="https:\/\/shop\.example\/back"/);
    assert.equal((await get('M1')).body?.acquireOrder.status, 'PAID_SUCCESS');
    assert.equal((await place()).body?.interActionParams, undefined);
  });

  it('is idempotent like any other', async () => {
    const { place, sandbox } = setUpApp();
    const first = await place();
    assert.deepEqual((await place()).body, first.body);
    assert.equal(verdict(await place({ osType: 'ANDROID' })), '62016 MERCHANT_ORDER_NO_EXIST');
    const { html } = await open(sandbox, first.body?.interActionParams?.deepLink ?? '');
    assert.match(html, /Pay AED/);
  });

  it('takes the values PayBy documents; terminalType and osType may be left out', async () => {
    const { place } = setUpApp();
    const none = { terminalType: undefined, osType: undefined };
    for (const [index, params] of [
      {},
      none,
      { osType: 'ANDROID', terminalType: 'APP' },
      { terminalType: 'WEB', eWalletCode: 'payby' },
      { redirectUrl: 'shopapp://paid' },
    ].entries()) {
      const answer = await place(params, { merchantOrderNo: `M${index}` });
      assert.equal(verdict(answer), '0 SUCCESS');
    }
  });

  it('has codes of their own for a missing and an unknown wallet', async () => {
    const { place } = setUpApp();
    assert.equal(verdict(await place({ eWalletCode: undefined })), '62080 MISSING_EWALLET_CODE');
    const bare = await place({}, { paySceneParams: undefined });
    assert.equal(verdict(bare), '62080 MISSING_EWALLET_CODE');
    for (const eWalletCode of ['BOTIM-PAY', '', 1, null]) {
      assert.equal(
        verdict(await place({ eWalletCode })),
        '62081 INVALID_EWALLET_CODE: expected "botim-pay" or "payby"',
      );
    }
  });

  it('has one for a missing page to come back to', async () => {
    const { place, get } = setUpApp();
    assert.equal(verdict(await place({ redirectUrl: undefined })), '62072 MISSING_REDIRECT_URL');
    assert.equal(verdict(await get('M1')), '62004 MERCHANT_ORDER_NO_NOT_EXIST');
  });

  it('names the parameter that breaks a rule', async () => {
    const { place } = setUpApp();
    for (const [params, field] of [
      [{ terminalType: 'PHONE' }, 'terminalType'],
      [{ osType: 'ios' }, 'osType'],
      [{ redirectUrl: '/back' }, 'redirectUrl'],
      [{ redirectUrl: `https://shop.example/${'x'.repeat(512)}` }, 'redirectUrl'],
    ] as const) {
      const answer = await place(params);
      const expected = `400 INVALID_PARAMETER: bizContent.paySceneParams.${field}: `;
      assert.ok(verdict(answer).startsWith(expected), verdict(answer));
    }
    const once = await place({ oneTimePayment: true });
    assert.match(verdict(once), /^62073 INVALID_ONE_TIME_PAYMENT/);
  });
});
