import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { open, press, setUp, tokenUrl } from './merchant.ts';
import { openShop } from './shop.ts';

const withCode = async (paySceneParams: Record<string, string> = {}) => {
  const shop = openShop();
  const made = setUp(shop.options);
  const url = tokenUrl(await made.place({ paySceneParams }));
  const order = async () => (await made.get('M1')).body?.acquireOrder;
  const show = (person: string) => open(made.sandbox, `${url}&as=${person}`);
  const send = (action: string, person: string) =>
    open(made.sandbox, new URL(`/wallet/${action}`, url).href, {
      method: 'POST',
      body: new URLSearchParams({ ft: new URL(url).searchParams.get('ft') ?? '', as: person }),
    });
  return { ...made, shop, url, order, show, send };
};

const heading = (html: string) => html.match(/<h1[^>]*>(.*?)<\/h1>/)?.[1];
const payerMid = (order: Record<string, unknown> | undefined) => {
  const info = order?.paymentInfo;
  return typeof info === 'object' && info && 'payerMid' in info ? info.payerMid : undefined;
};

describe('people in the wallet', () => {
  it('are named on the page, each with a wallet of their own', async () => {
    const { url, sandbox } = await withCode();
    const { html } = await open(sandbox, url);
    const links = [...html.matchAll(/<a href="([^"]+)"([^>]*)>(\w+)<\/a>/g)];
    assert.deepEqual(
      links.map(([, , state = '', name]) => name + state),
      ['Amal aria-current="true"', 'Omar', 'Priya'],
    );
    const omar = links[1]?.[1]?.replace('&amp;', '&') ?? '';
    const page = await open(sandbox, new URL(omar, url).href);
    assert.match(page.html, /aria-current="true">Omar</);
  });

  it('pay with the wallet that scanned', async () => {
    const { show, send, order } = await withCode();
    await show('omar');
    assert.equal(heading((await send('pay', 'omar')).html), 'Paid');
    assert.equal(payerMid(await order()), '100000030031');
  });

  it('find a bound code bound: it is the first scanner’s alone', async () => {
    const { show, send, order, shop } = await withCode({ changePayer: 'true' });
    await show('amal');
    const page = await show('omar');
    assert.equal(heading(page.html), 'Bound to another wallet');
    assert.match(page.html, /\+971-58\*92/);
    assert.doesNotMatch(page.html, /<form/);
    for (const action of ['pay', 'decline', 'leave']) {
      assert.equal(heading((await send(action, 'omar')).html), 'Bound to another wallet');
    }
    assert.equal((await order())?.status, 'CREATED');
    assert.equal(heading((await send('pay', 'amal')).html), 'Paid');
    assert.equal(payerMid(await order()), '100000030030');
    await shop.nextReport();
    assert.equal(shop.received.length, 1);
    assert.equal(heading((await show('omar')).html), 'Already paid');
  });

  it('stay bound after they left or declined', async () => {
    const { show, send } = await withCode();
    await send('leave', 'priya');
    await send('decline', 'priya');
    assert.equal(heading((await show('amal')).html), 'Bound to another wallet');
    assert.match((await show('priya')).html, /<form/);
  });

  it('may pay after another has scanned, where the order says so', async () => {
    const { show, send, order } = await withCode({ changePayer: 'false' });
    await show('amal');
    assert.match((await show('omar')).html, /Others may still scan/);
    await send('leave', 'amal');
    assert.equal(heading((await send('pay', 'omar')).html), 'Paid');
    assert.equal(payerMid(await order()), '100000030031');
  });

  it('end an order of one attempt for everybody', async () => {
    const { show, send, order } = await withCode({ changePayer: 'false', oneTimePayment: 'true' });
    assert.equal(heading((await send('decline', 'omar')).html), 'Payment failed');
    assert.equal((await order())?.status, 'FAILURE');
    assert.equal(heading((await show('amal')).html), 'Payment failed');
    assert.equal(heading((await send('pay', 'amal')).html), 'Payment failed');
  });

  it('are nobody else: an unknown name is whoever the code is bound to', async () => {
    const { show, url, sandbox, order } = await withCode();
    await show('omar');
    const { html } = await open(sandbox, `${url}&as=__proto__`);
    assert.match(html, /aria-current="true">Omar</);
    await press(sandbox, url, /Pay/);
    assert.equal(payerMid(await order()), '100000030031');
  });

  it('read what they paid where a discount applied', async () => {
    const { sandbox, url, get } = await withCode();
    sandbox.actions.pay('M1', { paidAmount: 9.5 });
    assert.match((await open(sandbox, url)).html, /AED\u00a09\.50 after a discount/);
    const { text } = await get('M1');
    assert.ok(text.includes('"totalAmount":{"amount":12.30,"currency":"AED"}'));
    assert.ok(text.includes('"paidAmount":{"amount":9.50,"currency":"AED"}'));
  });
});
