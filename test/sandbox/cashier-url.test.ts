import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { hour, minute, open, setUp, tokenUrl, verdict } from './merchant.ts';
import { accept } from './shop.ts';

const path = '/acquire2/getCashierUrlInfo';

const withOrder = async (fields = {}) => {
  const made = setUp({ fetch: async () => accept() });
  const url = tokenUrl(await made.place(fields));
  const ask = (asked: unknown = url) => made.call(path, { tokenUrl: asked });
  return { ...made, url, ask };
};

describe('getCashierUrlInfo', () => {
  it('names the payer once somebody has scanned', async () => {
    const { ask, sandbox, url } = await withOrder();
    assert.deepEqual((await ask()).body, { payer: {} });
    await open(sandbox, url);
    assert.deepEqual((await ask()).body, { payer: { mobileNumberMask: '+971-58*92' } });
  });

  it('names the first scanner of an order that binds, the latest of one that does not', async () => {
    for (const [changePayer, mask] of [
      ['true', '+971-50*17'],
      ['false', '+971-55*64'],
    ]) {
      const { ask, sandbox, url } = await withOrder({ paySceneParams: { changePayer } });
      for (const person of ['omar', 'priya']) await open(sandbox, `${url}&as=${person}`);
      assert.equal((await ask()).body?.payer?.mobileNumberMask, mask);
    }
  });

  it('still knows after the payment', async () => {
    const { ask, sandbox } = await withOrder();
    sandbox.actions.pay('M1', { payer: 'priya' });
    assert.deepEqual((await ask()).body, { payer: { mobileNumberMask: '+971-55*64' } });
  });

  it('refuses a link it does not know, a lapsed one and one whose order failed', async () => {
    const unknown = '62082 TOKEN_URL_NOT_EXIST';
    const { ask, clock, cancel } = await withOrder();
    for (const url of [
      '',
      'nonsense',
      'https://qr.payby.com?BIZ_TYPE=202',
      'https://qr.payby.com?BIZ_TYPE=202&ft=cd624549f4894d78b0d368e48bb27aae&t=1654519114067',
    ]) {
      assert.equal(verdict(await ask(url)), unknown);
    }
    clock.now += hour;
    assert.equal(verdict(await ask()), unknown);
    clock.now -= minute;
    assert.equal(verdict(await ask()), '0 SUCCESS');
    await cancel('M1');
    assert.equal(verdict(await ask()), unknown);
  });

  it('wants a tokenUrl', async () => {
    const { call } = await withOrder();
    for (const bizContent of [{}, { tokenUrl: 1 }]) {
      const answer = await call(path, bizContent);
      assert.match(verdict(answer), /^400 INVALID_PARAMETER: bizContent\.tokenUrl: /);
    }
  });
});
