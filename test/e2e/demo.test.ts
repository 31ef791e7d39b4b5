import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'puppeteer-core';
import {
  codeIsShown,
  launchChromium,
  openPage,
  phaseIs,
  phaseOf,
  tokenUrlOf,
} from '../support/chromium.ts';
import { scan } from '../support/decode.ts';
import { freePort } from '../support/free-port.ts';
import { failShop, type RunningShop, startShop } from '../support/shop.ts';

const payButton = 'payby-checkout >>> [part=button]';

/** What the checkout says, as a person reads it. */
const text = (page: Page): Promise<string> =>
  page.$eval('payby-checkout >>> [part=base]', (card) =>
    card instanceof HTMLElement ? card.innerText.replace(/\s+/g, ' ') : '',
  );

/** Presses the wallet's button that starts with `label`, and waits for the page it leads to. */
async function press(wallet: Page, label: string): Promise<void> {
  const arrived = wallet.waitForNavigation();
  await wallet.$$eval(
    'button',
    (buttons, start) => {
      const says = (button: Element) => button.textContent?.replace(/\s+/g, ' ').trim() ?? '';
      const wanted = buttons.find((button) => says(button).startsWith(start));
      if (!wanted) throw new Error(`No button says "${start}": ${buttons.map(says).join(', ')}`);
      wanted.click();
    },
    label,
  );
  await arrived;
}

describe('the demo, from the Pay button to the receipt', () => {
  let shop: RunningShop;
  let browser: Browser;

  before(async () => {
    shop = await startShop();
    browser = await launchChromium();
  });
  after(async () => {
    await browser?.close();
    await shop?.stop();
  });

  /** Presses Pay and waits for the code. */
  async function order() {
    const opened = await openPage(browser, shop.url);
    await opened.page.bringToFront();
    await opened.page.locator(payButton).click();
    await codeIsShown(opened.page);
    return opened;
  }

  /** Opens the wallet at the code's address, in a tab of its own. */
  async function wallet(address: string): Promise<Page> {
    const page = await browser.newPage();
    await page.goto(address);
    return page;
  }

  it('shows a code that says the tokenUrl, byte for byte, and pays once', async () => {
    const { page, troubles, events } = await order();
    const picture = await page.screenshot();
    const read = await scan(picture);
    assert.equal(read, await tokenUrlOf(page));
    assert.ok(read.startsWith(`${shop.sandbox}/wallet?BIZ_TYPE=202&ft=`), read);

    const phone = await wallet(read);
    await press(phone, 'Pay AED 9.00');
    await phaseIs(page, 'paid');
    assert.match(await text(page), /AED 9\.00 .*Paid Order/);
    const seen = await events();
    assert.deepEqual(
      seen.filter((name) => name !== 'change' && name !== 'scanned'),
      ['order', 'paid'],
    );
    await page.waitForFunction(
      () => document.querySelector('#books')?.textContent?.includes('AED 9.00 received'),
      { timeout: 15_000, polling: 100 },
    );
    assert.deepEqual(troubles, []);
  });

  it('stays open when the customer declines or leaves, and can still be paid', async () => {
    const { page, events } = await order();
    const address = await tokenUrlOf(page);
    for (const label of ['Leave', 'Decline']) {
      const phone = await wallet(address);
      await press(phone, label);
      assert.equal(await phaseOf(page), 'awaiting');
    }
    await press(await wallet(address), 'Pay AED 9.00');
    await phaseIs(page, 'paid');
    assert.equal((await events()).filter((name) => name === 'paid').length, 1);
  });

  it('saves the code as a picture that a scanner reads, under the strict policy', async (t) => {
    const folder = await mkdtemp(join(tmpdir(), 'payby-checkout-'));
    t.after(() => rm(folder, { recursive: true, force: true }));
    const { page, troubles } = await openPage(browser, shop.url);
    const session = await page.createCDPSession();
    await session.send('Browser.setDownloadBehavior', {
      behavior: 'allow',
      downloadPath: folder,
      eventsEnabled: true,
    });
    const finished = new Promise<void>((resolve) => {
      session.on('Browser.downloadProgress', ({ state }) => {
        if (state === 'completed') resolve();
      });
    });
    await page.evaluate(() => {
      document.querySelector('payby-checkout')?.setAttribute('environment', 'phone');
    });
    await page.locator(payButton).click();
    await phaseIs(page, 'awaiting');
    await page.locator('payby-checkout >>> button ::-p-text(Save QR image)').click();
    await finished;
    const [name = ''] = await readdir(folder);
    assert.match(name, /^payment-[0-9A-Z]{26}\.png$/);
    assert.equal(await scan(await readFile(join(folder, name))), await tokenUrlOf(page));
    assert.deepEqual(troubles, []);
  });

  it('cancels, and starts again with another order', async () => {
    const { page } = await order();
    const first = await tokenUrlOf(page);
    await page.locator('payby-checkout >>> button.quiet').click();
    await phaseIs(page, 'cancelled');
    const phone = await wallet(first);
    assert.equal(await phone.$('button'), null);
    await page.bringToFront();
    await page.locator(payButton).click();
    await phaseIs(page, 'awaiting');
    assert.notEqual(await tokenUrlOf(page), first);
  });

  it('says what an empty cart means', async () => {
    const { page } = await openPage(browser, shop.url);
    for (const _ of 'ab') await page.locator('[aria-label="Less Karak chai"]').click();
    await page.locator(payButton).click();
    await phaseIs(page, 'error');
    assert.match(await text(page), /That did not work There is nothing in the cart\. Try again/);
  });
});

describe('the demo with orders that last four seconds', () => {
  it('says expired once the time is up, and gets a new code on one tap', async (t) => {
    const shop = await startShop({ ORDER_LIFETIME: '4' });
    t.after(() => shop.stop());
    const browser = await launchChromium();
    t.after(() => browser.close());
    const { page, events } = await openPage(browser, shop.url);
    await page.locator(payButton).click();
    await phaseIs(page, 'expired');
    assert.match(await text(page), /Code expired .*no money was taken/);
    assert.equal((await events()).filter((name) => name === 'expired').length, 1);
    await page.locator(payButton).click();
    await phaseIs(page, 'awaiting');
  });
});

describe('npm start', () => {
  it('names the setting that is missing for PayBy’s own gateway', async () => {
    const uat = { PAYBY_ENVIRONMENT: 'uat', PUBLIC_URL: 'https://shop.example' };
    const keys = { PAYBY_PARTNER_ID: '200000000001', PAYBY_PRIVATE_KEY_FILE: '/nowhere/key.pem' };
    const cases: [Record<string, string>, RegExp][] = [
      [{ PAYBY_ENVIRONMENT: 'uat' }, /^PUBLIC_URL is missing/],
      [uat, /^PAYBY_PARTNER_ID is missing/],
      [{ ...uat, PAYBY_PARTNER_ID: '1' }, /^PAYBY_PRIVATE_KEY_FILE is missing/],
      [{ ...uat, ...keys }, /^PAYBY_PUBLIC_KEY_FILE is missing/],
      [
        { ...uat, ...keys, PAYBY_PUBLIC_KEY_FILE: 'x' },
        /^PAYBY_PRIVATE_KEY_FILE "\/nowhere\/key\.pem"/,
      ],
      [{ ...uat, PUBLIC_URL: 'shop' }, /^PUBLIC_URL "shop" is not an http\(s\) URL/],
      [{ PAYBY_ENVIRONMENT: 'live' }, /^PAYBY_ENVIRONMENT "live" is unknown/],
      [{ PORT: 'x' }, /^PORT "x" is not a port/],
      [{ PORT: '0' }, /^PORT "0" is not a port/],
      [{ SANDBOX_PORT: '0' }, /^SANDBOX_PORT "0" is not a port/],
    ];
    for (const [env, message] of cases) {
      const { code: exit, said } = await failShop(env);
      assert.equal(exit, 1);
      assert.match(said, message);
    }
  });

  it('says of keys that are none which one it is, before it sells anything', async (t) => {
    const folder = await mkdtemp(join(tmpdir(), 'payby-checkout-'));
    t.after(() => rm(folder, { recursive: true }));
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const good = join(folder, 'private-key.pem');
    const bad = join(folder, 'public-key.pem');
    await writeFile(good, privateKey.export({ type: 'pkcs8', format: 'pem' }));
    await writeFile(bad, 'TUlJRXZRSUJBREFOQmdr');
    const { code, said } = await failShop({
      PAYBY_ENVIRONMENT: 'uat',
      PUBLIC_URL: 'https://shop.example',
      PAYBY_PARTNER_ID: '200000000001',
      PAYBY_PRIVATE_KEY_FILE: good,
      PAYBY_PUBLIC_KEY_FILE: bad,
    });
    assert.deepEqual([code, said.split(' ')[0]], [1, 'paybyPublicKey']);
  });

  it('says which port is taken', async (t) => {
    const shop = await startShop();
    t.after(() => shop.stop());
    const free = String(await freePort());
    const { said } = await failShop({ PORT: free, SANDBOX_PORT: new URL(shop.sandbox).port });
    assert.match(said, /sandbox cannot listen on port \d+; set SANDBOX_PORT/);
    const { said: page } = await failShop({ PORT: new URL(shop.url).port, SANDBOX_PORT: free });
    assert.match(page, /Port \d+ is taken; set PORT/);
  });
});
