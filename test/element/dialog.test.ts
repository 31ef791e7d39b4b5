import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { pendingOrder, problem } from '../support/browser/fake-backend.ts';
import { type Mounted, mount, unmount } from '../support/browser/mount.ts';
import { waitUntil } from '../support/browser/wait-until.ts';

afterEach(unmount);

const dialogOf = ({ root }: Mounted) => {
  const dialog = root.querySelector('dialog');
  if (!dialog) throw new Error('there is no dialog');
  return dialog;
};
const opener = ({ root }: Mounted) => root.querySelector<HTMLElement>('.opener');
const openerButton = (mounted: Mounted) => {
  const button = opener(mounted)?.querySelector('button');
  if (!button) throw new Error(`no button in: ${opener(mounted)?.innerText}`);
  return button;
};
const phaseIs = ({ element }: Mounted, phase: string) =>
  waitUntil(() => element.state.phase === phase, `never ${phase}`);

async function inDialog(set: Parameters<typeof mount>[1] = () => {}) {
  const mounted = await mount({}, (element) => {
    element.display = 'dialog';
    set(element);
  });
  await waitUntil(() => mounted.root.querySelector('dialog'), 'no dialog');
  return mounted;
}

/** Presses the button with the keyboard's focus on it, as a person does. */
async function open(checkout: Mounted) {
  openerButton(checkout).focus();
  openerButton(checkout).click();
  await waitUntil(() => dialogOf(checkout).open, 'never opened');
}

describe('display="dialog"', () => {
  it('shows a button and nothing else until it is pressed', async () => {
    const checkout = await inDialog();
    expect(openerButton(checkout).innerText.trim()).to.equal('Pay');
    expect(dialogOf(checkout).open).to.equal(false);
    expect(checkout.backend.requests).to.deep.equal([]);
  });

  it('asks for the order and shows it in a modal dialog that has the focus', async () => {
    const checkout = await inDialog();
    await open(checkout);
    expect(dialogOf(checkout).matches(':modal')).to.equal(true);
    expect(checkout.root.activeElement?.closest('dialog')).to.equal(dialogOf(checkout));
    await phaseIs(checkout, 'awaiting');
    await waitUntil(() => /AED 12\.34/.test(checkout.text()), 'no card');
  });

  it('Esc closes it, gives the focus back and loses nothing; it can be shown again', async () => {
    const checkout = await inDialog();
    await open(checkout);
    await phaseIs(checkout, 'awaiting');
    await sendKeys({ press: 'Escape' });
    await waitUntil(() => !dialogOf(checkout).open, 'never closed');
    expect(checkout.element.state.phase).to.equal('awaiting');
    await waitUntil(() => checkout.root.activeElement === openerButton(checkout), 'no focus');
    expect(openerButton(checkout).innerText.trim()).to.equal('Continue payment');
    await open(checkout);
    expect(checkout.text()).to.match(/AED 12\.34/);
    expect(checkout.backend.count('create')).to.equal(1);
    expect(checkout.events).to.not.include('payby-cancelled');
  });

  it('its Close button does the same', async () => {
    const checkout = await inDialog();
    await open(checkout);
    await phaseIs(checkout, 'awaiting');
    const close = dialogOf(checkout).querySelector<HTMLButtonElement>('[aria-label=Close]');
    close?.click();
    expect(dialogOf(checkout).open).to.equal(false);
    expect(checkout.element.state.phase).to.equal('awaiting');
  });

  it('goes on behind the closed dialog, and tells on the page that it is paid', async () => {
    const checkout = await inDialog();
    await open(checkout);
    await phaseIs(checkout, 'awaiting');
    await waitUntil(() => checkout.backend.streams.length === 1, 'nobody follows');
    dialogOf(checkout).close();
    checkout.backend.stream.send({ ...pendingOrder, status: 'paid' });
    await phaseIs(checkout, 'paid');
    await waitUntil(() => /Paid/.test(opener(checkout)?.innerText ?? ''), 'says nothing');
    expect(checkout.events.filter((name) => name === 'payby-paid')).to.have.length(1);
  });

  it('has the focus in its place when the button is gone by the time it closes', async () => {
    const checkout = await inDialog();
    await open(checkout);
    await phaseIs(checkout, 'awaiting');
    await waitUntil(() => checkout.backend.streams.length === 1, 'nobody follows');
    checkout.backend.stream.send({ ...pendingOrder, status: 'paid' });
    await phaseIs(checkout, 'paid');
    await checkout.element.updateComplete;
    await sendKeys({ press: 'Escape' });
    await waitUntil(() => checkout.root.activeElement === opener(checkout), 'no focus');
  });

  it('offers another try on the page when it failed, and opens again with it', async () => {
    const checkout = await inDialog();
    checkout.backend.create = () => problem(503, 'busy');
    await open(checkout);
    await phaseIs(checkout, 'error');
    dialogOf(checkout).close();
    await waitUntil(() => /Try again/.test(opener(checkout)?.innerText ?? ''), 'no way on');
    checkout.backend.create = () => new Response(JSON.stringify(pendingOrder), { status: 201 });
    await open(checkout);
    await phaseIs(checkout, 'awaiting');
  });

  it('start() opens it; autostart and an order of the page’s only prepare it', async () => {
    const started = await inDialog();
    started.element.start();
    await waitUntil(() => dialogOf(started).open, 'never opened');
    unmount();
    const prepared = await inDialog((element) => {
      element.autostart = true;
    });
    await phaseIs(prepared, 'awaiting');
    await prepared.element.updateComplete;
    expect(dialogOf(prepared).open).to.equal(false);
  });

  it('start() does nothing while the checkout is disabled', async () => {
    const checkout = await inDialog((element) => {
      element.disabled = true;
    });
    checkout.element.start();
    await checkout.element.updateComplete;
    expect(dialogOf(checkout).open).to.equal(false);
  });

  it('is closed when the element is taken from the page, and can be opened when it is back', async () => {
    const checkout = await inDialog();
    await open(checkout);
    await phaseIs(checkout, 'awaiting');
    const place = checkout.element.parentElement;
    checkout.element.remove();
    place?.append(checkout.element);
    expect(dialogOf(checkout).open).to.equal(false);
    await open(checkout);
    expect(dialogOf(checkout).matches(':modal')).to.equal(true);
  });

  it('is heard in the dialog while that is open: a screen reader hears nothing outside of it', async () => {
    const checkout = await inDialog();
    await open(checkout);
    await phaseIs(checkout, 'awaiting');
    await checkout.element.updateComplete;
    const heard = dialogOf(checkout).querySelector('[role=status]');
    expect(heard?.textContent).to.equal('Waiting for payment');
  });
});
