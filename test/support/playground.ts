import type { Frame, Page } from 'puppeteer-core';

/** Presses the control of the playground that `selector` finds, opening the group it is in. */
export async function press(page: Page, selector: string): Promise<void> {
  await page.$eval(selector, (control) => {
    const group = control.closest('details');
    if (group) group.open = true;
  });
  await page.locator(selector).click();
}

/** Chooses an option of a switch, whether it is a menu or a row of buttons. */
export async function choose(page: Page, name: string, value: string): Promise<void> {
  const menu = `select[name=${name}]`;
  if (await page.$(menu)) await page.select(menu, value);
  else await press(page, `label:has(> input[name=${name}][value=${value}])`);
}

/** Switches a fault, or autostart, the other way. */
export const toggle = (page: Page, name: string): Promise<void> =>
  press(page, `label:has(> input[type=checkbox][name=${name}])`);

/** What the phone says instead of showing the wallet, once it has looked. */
export async function phoneSays(page: Page): Promise<string> {
  await page.waitForSelector('#phone[data-screen=ready]');
  return page.$eval('#phone [role=status]', (said) => said.textContent?.trim() ?? '');
}

/** The wallet in the phone, once it shows that title. */
export async function walletInPhone(page: Page, title: string): Promise<Frame> {
  const frame = await page.waitForFrame((one) => one.url().includes('/phone/wallet?'));
  await frame.waitForFunction(
    (wanted) => document.title.startsWith(wanted),
    { polling: 50 },
    title,
  );
  return frame;
}

/** Scans the code on screen with the phone, and pays there. */
export async function payByPhone(page: Page): Promise<void> {
  await press(page, '#phone .scan');
  await pressPay(page);
}

/** Pays in the wallet that the phone shows. */
export async function pressPay(page: Page): Promise<void> {
  const wallet = await walletInPhone(page, 'Confirm payment');
  await wallet.locator('form > button:not([formaction])').click();
  await walletInPhone(page, 'Paid');
}
