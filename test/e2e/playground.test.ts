import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, describe, it } from 'node:test';
import type { Browser, Page } from 'puppeteer-core';
import {
  codeIsShown,
  launchChromium,
  openPage,
  phaseIs,
  phaseOf,
  tokenUrlOf,
} from '../support/chromium.ts';
import {
  choose,
  payByPhone,
  phoneSays,
  press,
  pressPay,
  toggle,
  walletInPhone,
} from '../support/playground.ts';
import { type RunningShop, startShop } from '../support/shop.ts';

const payButton = 'payby-checkout >>> [part=button]';
const appLink = 'payby-checkout >>> [part=app-link]';

describe('the playground', () => {
  let shop: RunningShop;
  let browser: Browser;
  let current: Page | undefined;
  let troubles: string[] = [];

  before(async () => {
    shop = await startShop();
    browser = await launchChromium();
  });
  after(async () => {
    await browser?.close();
    await shop?.stop();
  });
  afterEach(async () => {
    // A page that waits holds one of the few connections that a browser makes to a host.
    await current?.close();
    assert.deepEqual(troubles, [], 'errors or violations on the page');
  });

  async function open(query = '', width = 1280): Promise<Page> {
    const opened = await openPage(browser, 'about:blank');
    current = opened.page;
    troubles = opened.troubles;
    opened.page.setDefaultTimeout(10_000);
    await opened.page.setViewport({ width, height: 900 });
    await opened.page.bringToFront();
    await opened.page.goto(`${shop.url}/${query}`);
    return opened.page;
  }

  async function order(query = '', width = 1280): Promise<Page> {
    const page = await open(query, width);
    await page.locator(payButton).click();
    await codeIsShown(page);
    return page;
  }

  const attribute = (page: Page, name: string) =>
    page.$eval('#checkout', (checkout, wanted) => checkout.getAttribute(wanted), name);
  const card = <Value>(page: Page, read: (element: HTMLElement) => Value) =>
    page.$eval('payby-checkout >>> [part=base]', read as (element: Element) => Value);

  describe('has a phone that', () => {
    it('scans the picture on screen and pays', async () => {
      const page = await order();
      await payByPhone(page);
      await phaseIs(page, 'paid');
      await page.waitForFunction(
        () => document.querySelector('#books')?.textContent?.includes('AED 9.00 received'),
        { polling: 50 },
      );
      assert.deepEqual(
        await page.$$eval('#events li', (entries) =>
          entries.map((entry) => entry.textContent?.replace(/\s+/g, ' ').trim().split(' ')[1]),
        ),
        ['payby-paid', 'payby-change', 'payby-change', 'payby-order', 'payby-change'],
      );
      await press(page, '#events button');
      assert.equal(await page.$('#events li'), null);
    });

    it('reads the pixels and no variable: another picture is another order', async () => {
      const page = await order();
      const first = await tokenUrlOf(page);
      await page.evaluate(() => {
        const drawing = document
          .querySelector('#checkout')
          ?.shadowRoot?.querySelector('[part=qr] svg');
        if (drawing) Reflect.set(window, 'firstDrawing', drawing.cloneNode(true));
      });
      await page.locator('payby-checkout >>> button.quiet').click();
      await phaseIs(page, 'cancelled');
      await page.locator(payButton).click();
      await codeIsShown(page);
      assert.notEqual(await tokenUrlOf(page), first);
      await page.evaluate(() => {
        const drawing = document
          .querySelector('#checkout')
          ?.shadowRoot?.querySelector('[part=qr] svg');
        drawing?.replaceWith(Reflect.get(window, 'firstDrawing'));
      });
      await press(page, '#phone .scan');
      await walletInPhone(page, 'Order cancelled');
      const address = await page.$eval('#phone .address', (bar) => bar.getAttribute('title'));
      assert.equal(address, first);
    });

    it('says so when there is nothing it can read', async () => {
      const page = await order();
      const paint = (property: string, value: string) =>
        page.$eval(
          'payby-checkout >>> [part=qr]',
          (code, ...css) => code instanceof HTMLElement && code.style.setProperty(...css),
          property,
          value,
        );
      await paint('animation', 'none');
      await paint('opacity', '0.2');
      await press(page, '#phone .scan');
      await page.waitForSelector('#phone[data-screen=looking]');
      assert.equal(await phoneSays(page), 'The camera finds no code that it can read.');
      await paint('visibility', 'hidden');
      await press(page, '#phone .scan');
      await page.waitForSelector('#phone[data-screen=looking]');
      assert.equal(await phoneSays(page), 'The camera finds no code that it can read.');
      await choose(page, 'phase', 'expired');
      await phaseIs(page, 'expired');
      await press(page, '#phone .scan');
      assert.equal(await phoneSays(page), 'There is no code on screen to scan.');
    });

    it('opens the sandbox wallet, and nothing else a code may say', async () => {
      const page = await open('?phase=awaiting');
      await codeIsShown(page);
      await press(page, '#phone .scan');
      await page.waitForSelector('#phone[data-screen=looking]');
      assert.match(
        await phoneSays(page),
        /leads to qr\.payby\.com, which is not the sandbox wallet/,
      );
      assert.equal(await page.$('#phone iframe'), null);
    });

    it('opens the link of a checkout on a phone, and the page stays', async () => {
      const page = await open('?device=phone');
      await page.locator(payButton).click();
      await page.locator(appLink).click();
      await pressPay(page);
      await phaseIs(page, 'paid');
      assert.equal(new URL(page.url()).pathname, '/');
    });

    it('is where a checkout inside the app goes by itself', async () => {
      const page = await open('?device=botim&autostart');
      await pressPay(page);
      await phaseIs(page, 'paid');
      assert.equal(new URL(page.url()).origin, shop.url);
    });
  });

  describe('keeps the phone in reach of a checkout that', () => {
    it('is in a dialog, beside which nothing can be pressed', async () => {
      const page = await open('?display=dialog');
      await page.locator(payButton).click();
      await page.waitForSelector('payby-checkout >>> dialog[open]');
      await codeIsShown(page);
      await page.waitForSelector('payby-checkout > #phone');
      await payByPhone(page);
      await phaseIs(page, 'paid');
      await page.locator('payby-checkout >>> dialog .close').click();
      await page.waitForSelector('#stage > #phone');
    });

    it('pays by the app’s bridge, and asks once the app is left', async () => {
      const page = await open('?device=payby&inApp=bridge&updates=poll&autostart');
      await pressPay(page);
      await press(page, '#phone .back');
      await phaseIs(page, 'paid');
      await choose(page, 'inApp', 'redirect');
      assert.equal(await page.evaluate(() => 'ToPayJSBridge' in window), false);
    });
  });

  describe('has a switch for', () => {
    it('every phase, and the way back to the shop', async () => {
      const page = await open();
      const phases = 'idle creating awaiting scanned paid failed expired cancelled refunded error';
      for (const phase of phases.split(' ')) {
        await choose(page, 'phase', phase);
        await phaseIs(page, phase);
      }
      assert.match(troubles.splice(0).join(), /^Failed to load resource: .* 422 [^,]*$/);
      await choose(page, 'phase', 'live');
      await phaseIs(page, 'idle');
      await page.locator(payButton).click();
      await codeIsShown(page);
      assert.ok((await tokenUrlOf(page)).startsWith(shop.sandbox));
    });

    it('the theme', async () => {
      const page = await open();
      const background = () => card(page, (element) => getComputedStyle(element).backgroundColor);
      const light = await background();
      await choose(page, 'theme', 'dark');
      assert.notEqual(await background(), light);
      await choose(page, 'theme', 'light');
      assert.equal(await background(), light);
    });

    it('the language and the direction', async () => {
      const page = await open('?phase=paid');
      const directions: Record<string, string> = { ar: 'rtl', ur: 'rtl' };
      for (const language of ['ar', 'hi', 'ur', 'ml', 'bn', 'fil', 'ru', 'zh', 'en']) {
        await choose(page, 'lang', language);
        await page.waitForFunction(
          (wanted) =>
            document
              .querySelector('#checkout')
              ?.shadowRoot?.querySelector('[part=base]')
              ?.getAttribute('lang')
              ?.startsWith(wanted),
          { polling: 50 },
          language,
        );
        const direction = await card(page, (element) => element.dir);
        assert.equal(direction, directions[language] ?? 'ltr', language);
      }
      await choose(page, 'dir', 'rtl');
      await page.waitForFunction(
        () =>
          document.querySelector('#checkout')?.shadowRoot?.querySelector<HTMLElement>('[part=base]')
            ?.dir === 'rtl',
      );
    });

    it('the device, and what is shown inside the app', async () => {
      const page = await open('?phase=awaiting');
      await codeIsShown(page);
      const labels = { phone: 'Open BOTIM or PayBy', botim: 'in BOTIM', payby: 'in PayBy' };
      for (const [device, label] of Object.entries(labels)) {
        await choose(page, 'device', device);
        const link = await page.waitForSelector(`payby-checkout >>> a ::-p-text(${label})`);
        assert.ok(link, device);
      }
      await choose(page, 'inApp', 'qr');
      await codeIsShown(page);
      await choose(page, 'device', 'desktop');
      await page.waitForSelector('payby-checkout >>> [part=steps]');
      assert.equal(await page.$(appLink), null);
    });

    it('the way it hears of its order, while it waits for it', async () => {
      const page = await order();
      const hears = (health: string) =>
        page.waitForFunction(
          (wanted) => document.querySelector('payby-checkout')?.health === wanted,
          { polling: 50 },
          health,
        );
      await choose(page, 'updates', 'poll');
      await hears('polling');
      await page.waitForSelector('#events ::-p-text(live → polling)');
      await choose(page, 'updates', 'sse');
      await hears('live');
      assert.equal(await phaseOf(page), 'awaiting');
    });

    it('starting alone, and how it is displayed', async () => {
      const page = await open();
      await choose(page, 'display', 'dialog');
      assert.equal(await attribute(page, 'display'), 'dialog');
      await choose(page, 'display', 'inline');
      await toggle(page, 'autostart');
      await phaseIs(page, 'awaiting');
    });
  });

  it('keeps its switches and its cart over a reload, and lets go of the switches at once', async () => {
    const page = await open('?phase=paid&theme=dark');
    await phaseIs(page, 'paid');
    await choose(page, 'lang', 'ru');
    await toggle(page, 'slow');
    const reference = await page.$eval('#reference', (cart) => cart.textContent);
    await page.reload();
    await phaseIs(page, 'paid');
    assert.deepEqual(
      [await attribute(page, 'theme'), await attribute(page, 'lang')],
      ['dark', 'ru'],
    );
    assert.equal(await page.$eval('#reference', (cart) => cart.textContent), reference);
    assert.ok(await page.$('input[name=slow]:checked'));
    await press(page, '#switches > button');
    await phaseIs(page, 'idle');
    assert.equal(page.url(), `${shop.url}/`);
    assert.equal(await attribute(page, 'theme'), null);
  });

  describe('gives code that', () => {
    /** Switches a good deal, and copies what the panel then shows. */
    async function copied(form: 'Tag' | 'Script'): Promise<{ page: Page; text: string }> {
      await browser
        .defaultBrowserContext()
        .overridePermissions(shop.url, ['clipboard-read', 'clipboard-sanitized-write']);
      const page = await open('?phase=failed');
      await choose(page, 'theme', 'dark');
      await choose(page, 'lang', 'ar');
      await choose(page, 'dir', 'ltr');
      if (form === 'Script') await press(page, '#code label:nth-of-type(2)');
      await press(page, '#code .bar > button');
      await page.waitForSelector('#code ::-p-text(Copied)');
      return { page, text: await page.evaluate(() => navigator.clipboard.readText()) };
    }

    /** Both checkouts of the page look the same, and say the same. */
    async function showTheSame(page: Page): Promise<void> {
      await page.waitForFunction(
        () => {
          const faces = [...document.querySelectorAll('payby-checkout')].map((checkout) => {
            const card = checkout.shadowRoot?.querySelector<HTMLElement>('[part=base]');
            return (
              card && [card.innerText, card.dir, getComputedStyle(card).backgroundColor].join()
            );
          });
          const [one, other] = faces;
          return faces.length === 2 && one === other && one?.includes('12.34');
        },
        { polling: 50 },
      );
    }

    it('is the tag of what is shown', async () => {
      const { page, text } = await copied('Tag');
      const attributes = [...text.matchAll(/^ {2}([\w-]+)(?:="(.*)")?$/gm)].map(
        ([, name = '', value = '']) => [name, value] as const,
      );
      assert.deepEqual(attributes.slice(3), [
        ['autostart', ''],
        ['theme', 'dark'],
        ['lang', 'ar'],
        ['dir', 'ltr'],
      ]);
      await page.evaluate((all) => {
        const checkout = document.createElement('payby-checkout');
        for (const [name, value] of all) checkout.setAttribute(name, value);
        document.body.append(checkout);
      }, attributes);
      await showTheSame(page);
    });

    it('is the script of what is shown', async () => {
      const { page, text } = await copied('Script');
      assert.match(text, /^import \{ PaybyCheckout \} from 'payby-checkout';/);
      // The page has loaded the module already, and may not import it by name.
      const known = "const PaybyCheckout = customElements.get('payby-checkout');";
      await page.evaluate(`{ ${text.replace(/^import .*$/m, known)} }`);
      await showTheSame(page);
    });

    it('is selected where it may not be copied', async () => {
      const page = await open();
      await page.evaluate(() => {
        Object.defineProperty(navigator, 'clipboard', { value: undefined });
      });
      await press(page, '#code .bar > button');
      const selected = await page.evaluate(() => getSelection()?.toString());
      assert.match(selected ?? '', /^<payby-checkout[\s\S]+<\/payby-checkout>$/);
    });
  });

  describe('on a narrow screen', () => {
    it('lets nothing stick out, and gives fingers enough to press', async () => {
      const page = await order('?faults=clock', 320);
      const checkWidth = async (when: string) => {
        const tooWide = await page.evaluate(() =>
          [...document.body.querySelectorAll<HTMLElement>(':not(pre *)')]
            .filter((element) => element.getBoundingClientRect().right > 320.5)
            .map((element) => element.outerHTML.slice(0, 80)),
        );
        assert.deepEqual(tooWide, [], when);
        assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 320, when);
      };
      await checkWidth('with a code');
      await page.$$eval('details', (groups) => {
        for (const group of groups) group.open = true;
      });
      await checkWidth('with all switches');
      const small = await page.$$eval('button, select, summary, label', (targets) =>
        targets
          .filter(
            (target) => target.checkVisibility() && target.getBoundingClientRect().height < 44,
          )
          .map((target) => target.outerHTML.slice(0, 80)),
      );
      assert.deepEqual(small, []);
      await press(page, '#code label:nth-of-type(2)');
      await press(page, '#phone .scan');
      await walletInPhone(page, 'Confirm payment');
      await checkWidth('with the wallet and a script');
    });
  });

  it('leaves scanning to a real phone where there is no sandbox', async (t) => {
    const folder = await mkdtemp(join(tmpdir(), 'payby-checkout-'));
    t.after(() => rm(folder, { recursive: true }));
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const [mine, theirs] = [join(folder, 'private-key.pem'), join(folder, 'public-key.pem')];
    await writeFile(mine, privateKey.export({ type: 'pkcs8', format: 'pem' }));
    await writeFile(theirs, publicKey.export({ type: 'spki', format: 'pem' }));
    const uat = await startShop({
      PAYBY_ENVIRONMENT: 'uat',
      PUBLIC_URL: 'https://shop.example',
      PAYBY_PARTNER_ID: '200000000001',
      PAYBY_PRIVATE_KEY_FILE: mine,
      PAYBY_PUBLIC_KEY_FILE: theirs,
    });
    t.after(() => uat.stop());
    const page = await open();
    await page.goto(uat.url);
    await page.waitForSelector('#phone ::-p-text(scan the code with a real phone)');
    assert.equal(await page.$('#phone button'), null);
    assert.equal((await fetch(`${uat.url}/phone/wallet`)).status, 404);
  });

  for (const scheme of ['light', 'dark']) {
    it(`is accessible, ${scheme}`, async () => {
      const page = await open('?phase=awaiting&faults=cut');
      troubles = []; // the refused stream is what was asked for
      await page.emulateMediaFeatures([
        { name: 'prefers-color-scheme', value: scheme },
        { name: 'prefers-reduced-motion', value: 'reduce' },
      ]);
      await codeIsShown(page);
      const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
      await page.evaluate(await readFile(axe, 'utf8'));
      const violations = await page.evaluate(async () => {
        const found = await Reflect.get(window, 'axe').run();
        return found.violations.map(
          ({ id, nodes }: { id: string; nodes: { html: string }[] }) =>
            `${id}: ${nodes.map(({ html }) => html.slice(0, 80)).join(' | ')}`,
        );
      });
      assert.deepEqual(violations, []);
    });
  }
});
