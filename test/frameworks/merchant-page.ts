/** What every example must do, as its customer sees it. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { Page } from 'puppeteer-core';
import { codeIsShown, phaseIs, tokenUrlOf } from '../support/chromium.ts';
import { scan } from '../support/decode.ts';
import { payInWallet, pressButton, pressPay, type Stage, says, until } from './stage.ts';

const idOf = (page: Page) =>
  page.evaluate(() => document.querySelector('payby-checkout')?.order?.id ?? '');
const referenceOf = (page: Page) =>
  page.evaluate(() => document.querySelector('payby-checkout')?.reference ?? '');

async function setCups(page: Page, count: string): Promise<void> {
  await page.locator('input').fill(count);
}

async function order(page: Page): Promise<void> {
  await pressButton(page, 'Check out');
  await pressPay(page);
  await codeIsShown(page);
}

/** @param open opens the example anew, and watches it */
export function describeMerchantPage(open: () => Promise<Stage>): void {
  it('takes a payment by its code, tells its customer, and sells the next cart', async () => {
    const { page, creates } = await open();
    await setCups(page, '3');
    await order(page);
    assert.equal(creates.length, 1);
    assert.equal(creates[0]?.headers().authorization, 'Bearer a-customer');
    assert.deepEqual(JSON.parse(creates[0]?.postData() ?? ''), {
      paySceneCode: 'DYNQR',
      reference: await referenceOf(page),
      details: { items: { karak: 3 } },
    });
    assert.equal(await page.$eval('input', (input) => input.disabled), true);

    const read = await scan(await page.screenshot());
    assert.equal(read, await tokenUrlOf(page));
    await payInWallet(page.browser(), read);
    await phaseIs(page, 'paid');
    await says(page, 'Thank you! AED 13.50 received.');

    const paid = await referenceOf(page);
    await page.bringToFront();
    await pressButton(page, 'Order again');
    await phaseIs(page, 'idle');
    assert.notEqual(await referenceOf(page), paid);
    await until(page, () => !document.body.innerText.includes('Thank you!'));
    await pressPay(page);
    await codeIsShown(page);
    assert.equal(creates.length, 2);
  });

  it('goes on with its order where the checkout was hidden, and after a reload', async () => {
    const { page, creates } = await open();
    await order(page);
    const id = await idOf(page);
    await pressButton(page, 'Back to the cart');
    await until(page, () => !document.querySelector('payby-checkout'));
    await pressButton(page, 'Check out');
    await codeIsShown(page);
    assert.equal(await idOf(page), id);

    await page.reload();
    await pressButton(page, 'Check out');
    await codeIsShown(page);
    assert.equal(await idOf(page), id);
    assert.equal(creates.length, 1);
  });

  it('hears of an order that its shop refuses', async () => {
    const { page, expect } = await open();
    await setCups(page, '0');
    await pressButton(page, 'Check out');
    await pressPay(page);
    await says(page, 'You can pay at the counter instead.');
    await says(page, 'There is nothing in the cart.');
    expect(/422/);
  });

  it('words the button and the footer itself', async () => {
    const { page } = await open();
    await setCups(page, '5');
    await pressButton(page, 'Check out');
    await until(page, () =>
      document.querySelector('payby-checkout')?.innerText.includes('Pay for 5'),
    );
    const inSlots = await page.evaluate(() =>
      [...(document.querySelector('payby-checkout')?.shadowRoot?.querySelectorAll('slot') ?? [])]
        .filter(({ name }) => name === 'footer' || name === 'pay-label')
        .map((slot) => `${slot.name}: ${slot.assignedElements()[0]?.textContent?.trim()}`),
    );
    assert.deepEqual(inSlots.sort(), [
      'footer: Ready about 7 minutes after the payment.',
      'pay-label: Pay for 5',
    ]);
  });
}
