/** What every framework must pass into the element, and hear of it. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { Page } from 'puppeteer-core';
import { codeIsShown, phaseIs } from '../support/chromium.ts';
import type {} from './bench.ts';
import { heardBy, payInWallet, pressPay, type Stage, show, until } from './stage.ts';

const failed = (page: Page, path: RegExp): Promise<string> =>
  new Promise((resolve) => {
    page.on('requestfailed', (request) => {
      if (path.test(request.url())) resolve(request.failure()?.errorText ?? '');
    });
  });

const cart = () => `cart-${crypto.randomUUID()}`;

/** @param open opens the bench anew, and watches it */
export function describeBindings(open: () => Promise<Stage>): void {
  it('passes objects, lists and functions as they are, and no attributes in their place', async () => {
    const { page } = await open();
    await page.evaluate(() => {
      window.fixture.set({
        details: [{ karak: 2 }, [1, 2]],
        createOrder: async () => ({}),
        requestInit: () => ({ headers: {} }),
      });
    });
    await show(page, {});
    const passed = await page.$eval('#one', (one) => {
      const { details, createOrder, requestInit } = one as HTMLElementTagNameMap['payby-checkout'];
      const { state } = window.fixture;
      return {
        details: details === state.details,
        createOrder: createOrder === state.createOrder,
        requestInit: requestInit === state.requestInit,
        attributes: one.getAttributeNames().filter((name) => /details|create|init/i.test(name)),
      };
    });
    assert.deepEqual(passed, {
      details: true,
      createOrder: true,
      requestInit: true,
      attributes: [],
    });
  });

  it('passes text to attributes with a dash, and to properties', async () => {
    const { page } = await open();
    await show(page, { inApp: 'qr', reference: 'cart "42" & <more>' });
    const read = () =>
      page.$eval('#one', (one) => {
        const { inApp, tokenHosts, reference } = one as HTMLElementTagNameMap['payby-checkout'];
        return { inApp, tokenHosts, reference };
      });
    assert.deepEqual(await read(), {
      inApp: 'qr',
      tokenHosts: 'localhost',
      reference: 'cart "42" & <more>',
    });
    await show(page, { inApp: 'bridge' });
    assert.equal((await read()).inApp, 'bridge');
  });

  it('says yes and no', async () => {
    const { page } = await open();
    const read = () =>
      page.$eval('#one', (one) => {
        const { autostart, disabled } = one as HTMLElementTagNameMap['payby-checkout'];
        const button = one.shadowRoot?.querySelector<HTMLButtonElement>('[part=button]');
        return { autostart, disabled, button: button?.disabled };
      });
    assert.deepEqual(await read(), { autostart: false, disabled: false, button: false });
    await show(page, { disabled: true });
    await until(
      page,
      () => document.querySelector('#one')?.shadowRoot?.querySelector(':disabled') !== null,
    );
    assert.deepEqual(await read(), { autostart: false, disabled: true, button: true });
    await show(page, { disabled: false });
    await until(
      page,
      () => document.querySelector('#one')?.shadowRoot?.querySelector(':disabled') === null,
    );
    assert.deepEqual(await read(), { autostart: false, disabled: false, button: false });
  });

  it('takes back what it passed', async () => {
    const { page, creates, expect } = await open();
    await page.evaluate(() => {
      window.fixture.set({
        createOrder: async () => ({}),
        details: { left: 1 },
        reference: 'left',
      });
    });
    await show(page, {});
    await page.evaluate(() => {
      window.fixture.set({ createOrder: undefined, details: undefined, reference: undefined });
    });
    await show(page, {});
    await pressPay(page);
    await until(page, () => window.fixture.heard.includes('first error order-rejected'));
    assert.equal(creates.length, 1);
    assert.deepEqual(JSON.parse(creates[0]?.postData() ?? ''), { paySceneCode: 'DYNQR' });
    expect(/422/);
  });

  it('hears events with a dash in their names, in the template and around it', async () => {
    const { page } = await open();
    await show(page, { reference: cart() });
    await pressPay(page);
    await codeIsShown(page);
    const heard = await heardBy(page);
    assert.deepEqual(
      heard.filter((line) => line.startsWith('first')),
      ['first change creating', 'first change awaiting'],
    );
    assert.equal(heard.filter((line) => line === 'around change').length, 2);
  });

  it('hears by the handler that the template has now, or by none', async () => {
    const { page } = await open();
    await show(page, { reference: cart(), listener: 'second' });
    await pressPay(page);
    await codeIsShown(page);
    await show(page, { listener: '' });
    await page.$eval('#one', (one) => (one as HTMLElementTagNameMap['payby-checkout']).reset());
    const heard = (await heardBy(page)).filter((line) => line !== 'around change');
    assert.deepEqual(heard, ['second change creating', 'second change awaiting']);
  });

  it('puts what it renders inside into the slots, and takes it out again', async () => {
    const { page } = await open();
    const footer = () =>
      page.$eval('#one', (one) => {
        const slot = one.shadowRoot?.querySelector<HTMLSlotElement>('slot[name=footer]');
        return slot?.assignedElements().map(({ textContent }) => textContent);
      });
    assert.deepEqual(await footer(), []);
    await show(page, { hasFooter: true });
    assert.deepEqual(await footer(), ['Below']);
    await show(page, { hasFooter: false });
    assert.deepEqual(await footer(), []);
  });

  it('shows an order that the page brings along, and creates none', async () => {
    const { page, creates } = await open();
    await show(page, {
      endpoint: '/api/preview/awaiting',
      order: {
        id: '4000000000000',
        status: 'pending',
        tokenUrl: 'https://qr.payby.com?BIZ_TYPE=202&ft=page&t=1',
      },
    });
    await codeIsShown(page);
    await page.evaluate(() => window.fixture.set({ order: undefined }));
    await phaseIs(page, 'idle');
    assert.equal(creates.length, 0);
  });

  it('creates one order by autostart, however often the framework mounts', async () => {
    const { page, creates } = await open();
    await show(page, { reference: cart(), autostart: true });
    await codeIsShown(page);
    await show(page, { details: { karak: 2 } });
    assert.equal(creates.length, 1);
    assert.equal(new Set(creates.map((request) => request.headers()['idempotency-key'])).size, 1);
  });

  it('aborts the request for an order of a checkout that is taken away', async () => {
    const { page } = await open();
    await page.evaluate(() => {
      window.fixture.set({ requestInit: () => ({ headers: { 'x-demo-faults': 'slow' } }) });
    });
    await show(page, { reference: cart() });
    const aborted = failed(page, /\/orders$/);
    await pressPay(page);
    await phaseIs(page, 'creating');
    await page.evaluate(() => window.fixture.set({ isShown: false }));
    assert.equal(await aborted, 'net::ERR_ABORTED');
    const heard = await heardBy(page);
    assert.ok(!heard.some((line) => line.includes('error')), String(heard));

    await show(page, { isShown: true, reference: cart() });
    await phaseIs(page, 'idle');
  });

  it('ends the event stream when the application is unmounted', async () => {
    const { page } = await open();
    await show(page, { reference: cart() });
    const [streaming] = await Promise.all([
      page.waitForResponse((response) => response.url().endsWith('/events')),
      pressPay(page),
    ]);
    assert.equal(streaming.status(), 200);
    const aborted = failed(page, /\/events$/);
    await page.evaluate(() => window.fixture.unmount());
    assert.equal(await aborted, 'net::ERR_ABORTED');
    assert.equal(await page.$('payby-checkout'), null);
  });

  it('keeps two checkouts in a list apart, each with its own order, when they change places', async () => {
    const { page, creates } = await open();
    const carts = [cart(), cart()];
    await show(page, { isShown: true, carts });
    const orders = () =>
      page.$$eval('payby-checkout:not(#one)', (all) =>
        all.map(({ id, order }) => ({ id, order: order?.id })),
      );
    for (const id of carts) {
      await page.$eval(`[id="${id}"]`, (one) =>
        (one as HTMLElementTagNameMap['payby-checkout']).start(),
      );
    }
    await until(page, () =>
      [...document.querySelectorAll('payby-checkout')].slice(1).every(({ order }) => order),
    );
    const before = await orders();
    assert.deepEqual(
      before.map(({ id }) => id),
      carts,
    );
    await show(page, { carts: carts.toReversed() });
    assert.deepEqual(await orders(), before.toReversed());
    assert.equal(creates.length, 2);

    const tokenUrl = await page.$eval(
      `[id="${carts[0]}"]`,
      (one) => (one as HTMLElementTagNameMap['payby-checkout']).order?.tokenUrl ?? '',
    );
    await payInWallet(page.browser(), tokenUrl);
    await until(page, () => document.querySelectorAll('payby-checkout')[2]?.state.phase === 'paid');
    assert.equal(
      await page.evaluate(() => document.querySelectorAll('payby-checkout')[1]?.state.phase),
      'awaiting',
    );
  });
}
