import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Sandbox } from '../../src/sandbox/index.ts';
import { hour, minute, open, press, setUp, start, tokenUrl } from './merchant.ts';
import { openShop } from './shop.ts';

const walletWith = async (fields: Record<string, unknown> = {}) => {
  const shop = openShop();
  const it = setUp(shop.options);
  const url = tokenUrl(await it.place(fields));
  const status = async () => (await it.get('M1')).body?.acquireOrder.status;
  return { ...it, shop, url, status };
};

/** Sends the form of a page opened before, whatever has happened since. */
const post = (sandbox: Sandbox, url: string, action: string) =>
  open(sandbox, new URL(`/wallet/${action}`, url).href, {
    method: 'POST',
    body: new URLSearchParams({ ft: new URL(url).searchParams.get('ft') ?? '' }),
  });

const heading = (html: string) => html.match(/<h1[^>]*>(.*?)<\/h1>/)?.[1];

describe('the wallet page', () => {
  it('shows who asks for how much, for what and until when', async () => {
    const { sandbox, url } = await walletWith({
      totalAmount: { amount: 1234.5, currency: 'AED' },
      subjectAr: 'سلة',
      accessoryContent: { terminalDetail: { merchantName: 'Candy Home' } },
    });
    const { response, html } = await open(sandbox, url);
    assert.equal(response.status, 200);
    assert.match(response.headers.get('content-type') ?? '', /^text\/html; charset=utf-8$/i);
    for (const shown of [
      'Sandbox: no money moves',
      'Candy Home',
      'AED\u00a01,234.50',
      'Cart 42',
      '<p class="quiet" lang="ar" dir="rtl">سلة</p>',
      '<dd>M1</dd>',
      'in 2 h',
      '22 Nov, 16:00 UAE time',
      '+971-58*92',
    ]) {
      assert.ok(html.includes(shown), shown);
    }
  });

  it('needs no script and allows none', async () => {
    const { sandbox, url } = await walletWith();
    const { response, html } = await open(sandbox, url);
    const policy = response.headers.get('content-security-policy') ?? '';
    assert.match(policy, /^default-src 'none'; style-src 'sha256-[\w+/=]+'; form-action 'self';/);
    assert.match(policy, /frame-ancestors 'none'$/);
    assert.doesNotMatch(policy, /unsafe|script-src/);
    assert.doesNotMatch(html, /<script|style="|javascript:/);
    assert.equal(response.headers.get('cache-control'), 'no-store');
    assert.equal(response.headers.get('referrer-policy'), 'no-referrer');
  });

  it('escapes everything a merchant can name', async () => {
    const hostile = '</p><script>alert(1)</script>"\'<img src=x>';
    const { sandbox, url } = await walletWith({
      subject: hostile,
      subjectAr: hostile,
      accessoryContent: { terminalDetail: { merchantName: hostile } },
      paySceneParams: { redirectUrl: 'https://shop.example/"><script>alert(2)</script>' },
    });
    const pages = [await open(sandbox, url), await press(sandbox, url, /Leave/)];
    pages.push(await press(sandbox, url, /Pay/));
    for (const { html } of pages) {
      assert.doesNotMatch(html, /<script|<img/);
      assert.ok(html.includes('&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&lt;img src=x&gt;'));
    }
  });

  it('links back to the merchant over http(s) only', async () => {
    const redirectUrl = 'https://shop.example/back?a=1&b=2';
    const good = await walletWith({ paySceneParams: { redirectUrl } });
    const { html } = await press(good.sandbox, good.url, /Pay/);
    assert.ok(html.includes('href="https://shop.example/back?a=1&amp;b=2" rel="noreferrer"'));
    const bad = await walletWith({ paySceneParams: { redirectUrl: 'javascript:alert(1)' } });
    const paid = await press(bad.sandbox, bad.url, /Pay/);
    assert.doesNotMatch(paid.html, /javascript:|Back to the merchant/);
  });

  it('says whether others may pay and how often it can be tried', async () => {
    const bound = await walletWith();
    const { html } = await open(bound.sandbox, bound.url);
    assert.match(html, /bound to it/);
    assert.match(html, /can be tried again/);
    const once = await walletWith({
      paySceneParams: { oneTimePayment: 'true', changePayer: 'false' },
    });
    const page = await open(once.sandbox, once.url);
    assert.match(page.html, /Others may still scan/);
    assert.match(page.html, /One attempt only/);
  });
});

describe('in the wallet', () => {
  it('Pay pays, and shows it', async () => {
    const { sandbox, url, status, shop } = await walletWith();
    const { html } = await press(sandbox, url, /Pay/);
    assert.equal(heading(html), 'Paid');
    assert.equal(await status(), 'PAID_SUCCESS');
    assert.equal((await shop.nextReport()).outcome, 'accepted');
  });

  it('pressing Pay twice, also at once, pays once', async () => {
    const { sandbox, url, shop, get, clock } = await walletWith();
    const twice = [press(sandbox, url, /Pay/), press(sandbox, url, /Pay/)];
    for (const { html } of await Promise.all(twice)) assert.equal(heading(html), 'Paid');
    const first = (await get('M1')).body;
    clock.now += minute;
    for (const action of ['pay', 'decline', 'leave']) await post(sandbox, url, action);
    assert.deepEqual((await get('M1')).body, first);
    assert.equal(shop.received.length, 1);
    assert.equal(heading((await open(sandbox, url)).html), 'Already paid');
  });

  it('Decline leaves an order open that may be tried again', async () => {
    const { sandbox, url, status, shop } = await walletWith();
    const declined = await press(sandbox, url, /Decline/);
    assert.equal(heading(declined.html), 'Payment declined');
    assert.equal(await status(), 'CREATED');
    assert.equal(shop.received.length, 0);
    const again = declined.html.match(/href="([^"]+)">Try again/)?.[1] ?? '';
    const { html } = await press(sandbox, new URL(again, declined.url).href, /Pay/);
    assert.equal(heading(html), 'Paid');
  });

  it('Decline ends an order of one attempt', async () => {
    const { sandbox, url, status } = await walletWith({
      paySceneParams: { oneTimePayment: 'true' },
    });
    assert.equal(heading((await press(sandbox, url, /Decline/)).html), 'Payment failed');
    assert.equal(await status(), 'FAILURE');
    assert.equal(heading((await open(sandbox, url)).html), 'Payment failed');
  });

  it('Leave changes nothing', async () => {
    const { sandbox, url, get } = await walletWith();
    const before = (await get('M1')).body;
    const { html } = await press(sandbox, url, /Leave/);
    assert.equal(heading(html), 'You left without paying');
    assert.deepEqual((await get('M1')).body, before);
    assert.match((await open(sandbox, url)).html, /<form/);
  });

  it('answers an action with 303, so that a reload repeats nothing', async () => {
    const { sandbox, url } = await walletWith();
    const ft = new URL(url).searchParams.get('ft') ?? '';
    const response = await sandbox.fetch(new URL('/wallet/pay', url), {
      method: 'POST',
      body: new URLSearchParams({ ft }),
    });
    assert.equal(response.status, 303);
    assert.equal(response.headers.get('location'), `../wallet?ft=${ft}&did=pay`);
  });
});

describe('a code that cannot be paid', () => {
  it('has lapsed after an hour, while the order is still open', async () => {
    const { sandbox, url, clock, status, place } = await walletWith();
    clock.now = start + hour - 1;
    assert.match((await open(sandbox, url)).html, /<form/);
    clock.now = start + hour;
    const late = await post(sandbox, url, 'pay');
    assert.equal(heading(late.html), 'Code lapsed');
    const { response, html } = await open(sandbox, url);
    assert.deepEqual([response.status, heading(html)], [410, 'Code lapsed']);
    assert.equal(await status(), 'CREATED');
    const fresh = await press(sandbox, tokenUrl(await place()), /Pay/);
    assert.equal(heading(fresh.html), 'Paid');
    assert.equal(heading((await open(sandbox, url)).html), 'Already paid');
  });

  it('is unknown, whatever is asked', async () => {
    const { sandbox, url } = await walletWith();
    for (const query of ['', '?ft=', '?ft=0123456789abcdef0123456789abcdef', '?did=pay&ft=<b>']) {
      const { response, html } = await open(sandbox, new URL(`/wallet${query}`, url).href);
      assert.deepEqual([response.status, heading(html)], [404, 'Unknown code']);
    }
    for (const body of ['', 'ft=%', 'nonsense', '{"ft":1}']) {
      const at = new URL('/wallet/pay', url).href;
      const { response } = await open(sandbox, at, { method: 'POST', body });
      assert.equal(response.status, 404);
    }
  });

  it('belongs to an expired or a cancelled order', async () => {
    const expired = await walletWith({ expiredTime: start + minute });
    expired.clock.now += minute;
    assert.equal(heading((await open(expired.sandbox, expired.url)).html), 'Order expired');
    const cancelled = await walletWith();
    await cancelled.cancel('M1');
    assert.equal(heading((await open(cancelled.sandbox, cancelled.url)).html), 'Order cancelled');
  });
});
