import { expect } from '@open-wc/testing';
import { pendingOrder } from '../support/browser/fake-backend.ts';
import { type Mounted, mount, unmount } from '../support/browser/mount.ts';
import { waitUntil } from '../support/browser/wait-until.ts';

afterEach(unmount);

/** A checkout in a form of its own. */
async function inForm(set: Parameters<typeof mount>[1] = () => {}) {
  const form = document.createElement('form');
  const fieldset = document.createElement('fieldset');
  form.append(fieldset);
  document.body.append(form);
  const mounted = await mount({}, (element) => {
    element.name = 'payment';
    set(element);
  });
  fieldset.append(mounted.element);
  await mounted.element.updateComplete;
  const entries = () => [...new FormData(form)];
  return { ...mounted, form, fieldset, entries, leave: () => form.remove() };
}

const become = async ({ element }: Mounted, status: 'pending' | 'paid' | 'failed') => {
  element.order = { ...pendingOrder, status };
  const phase = status === 'pending' ? 'awaiting' : status;
  await waitUntil(() => element.state.phase === phase, `never ${phase}`);
  await element.updateComplete;
};

describe('in a form', () => {
  it('belongs to it, and sends nothing before the payment', async () => {
    const checkout = await inForm();
    expect(checkout.element.form).to.equal(checkout.form);
    expect([...checkout.form.elements]).to.include(checkout.element);
    expect(checkout.entries()).to.deep.equal([]);
    await become(checkout, 'pending');
    expect(checkout.element.value).to.equal('');
    expect(checkout.entries()).to.deep.equal([]);
    checkout.leave();
  });

  it('sends the order’s id under its name once it is paid', async () => {
    const checkout = await inForm();
    await become(checkout, 'paid');
    expect(checkout.element.value).to.equal(pendingOrder.id);
    expect(checkout.entries()).to.deep.equal([['payment', pendingOrder.id]]);
    const seen: unknown[] = [];
    checkout.form.addEventListener('formdata', ({ formData }) =>
      seen.push(formData.get('payment')),
    );
    new FormData(checkout.form);
    expect(seen).to.deep.equal([pendingOrder.id]);
    checkout.leave();
  });

  it('required keeps the form from being sent until it is paid, and says why', async () => {
    const checkout = await inForm((element) => {
      element.required = true;
    });
    const { element, form } = checkout;
    expect(form.checkValidity()).to.equal(false);
    expect(element.checkValidity()).to.equal(false);
    expect(element.validity.valueMissing).to.equal(true);
    expect(element.validationMessage).to.equal('Please complete the payment first.');
    await become(checkout, 'pending');
    expect(form.checkValidity()).to.equal(false);
    await become(checkout, 'paid');
    expect(form.checkValidity()).to.equal(true);
    expect(element.validationMessage).to.equal('');
    checkout.leave();
  });

  it('not required lets the form be sent at any time', async () => {
    const checkout = await inForm();
    expect(checkout.form.checkValidity()).to.equal(true);
    expect(checkout.element.willValidate).to.equal(true);
    checkout.leave();
  });

  it('is required, and no longer, when the page says so later', async () => {
    const checkout = await inForm();
    checkout.element.setAttribute('required', '');
    await checkout.element.updateComplete;
    expect(checkout.form.checkValidity()).to.equal(false);
    checkout.element.required = false;
    await checkout.element.updateComplete;
    expect(checkout.form.checkValidity()).to.equal(true);
    expect(checkout.element.hasAttribute('required')).to.equal(false);
    checkout.leave();
  });

  it('leads to the Pay button when the form is to be sent unpaid', async () => {
    const checkout = await inForm((element) => {
      element.required = true;
    });
    expect(checkout.form.reportValidity()).to.equal(false);
    await waitUntil(() => document.activeElement === checkout.element, 'no focus');
    checkout.leave();
  });

  it('says so in the page’s language', async () => {
    const checkout = await inForm((element) => {
      element.required = true;
      element.lang = 'ar';
    });
    await waitUntil(() => /يرجى إتمام الدفع/.test(checkout.element.validationMessage), 'no Arabic');
    checkout.leave();
  });

  it('is disabled with its fieldset, and then neither starts nor counts', async () => {
    const checkout = await inForm((element) => {
      element.required = true;
    });
    checkout.fieldset.disabled = true;
    await waitUntil(() => checkout.button().disabled, 'the button still works');
    checkout.element.start();
    expect(checkout.element.state.phase).to.equal('idle');
    expect(checkout.form.checkValidity()).to.equal(true);
    checkout.fieldset.disabled = false;
    await waitUntil(() => !checkout.button().disabled, 'the button never works again');
    expect(checkout.element.disabled).to.equal(false);
    checkout.leave();
  });

  it('is disabled by its own property, and works again without it', async () => {
    const checkout = await inForm();
    checkout.element.disabled = true;
    await waitUntil(() => checkout.button().disabled, 'the button still works');
    checkout.element.disabled = false;
    await waitUntil(() => !checkout.button().disabled, 'the button never works again');
    checkout.leave();
  });

  it('goes back to the beginning with its form', async () => {
    const checkout = await inForm();
    for (const status of ['paid', 'failed'] as const) {
      await become(checkout, status);
      checkout.form.reset();
      expect(checkout.element.state.phase).to.equal('idle');
      await checkout.element.updateComplete;
      expect(checkout.entries()).to.deep.equal([]);
    }
    checkout.leave();
  });

  it('keeps an order that may still be paid when its form is reset', async () => {
    const checkout = await inForm();
    await become(checkout, 'pending');
    checkout.form.reset();
    expect(checkout.element.order?.id).to.equal(pendingOrder.id);
    checkout.leave();
  });

  it('its button does not send the form', async () => {
    const checkout = await inForm();
    let isSent = false;
    checkout.form.addEventListener('submit', (event) => {
      event.preventDefault();
      isSent = true;
    });
    checkout.button().click();
    await waitUntil(() => checkout.element.state.phase === 'awaiting', 'no order');
    expect(isSent).to.equal(false);
    checkout.leave();
  });

  it('may be sent by whoever hears that it is paid, and no more after a reset', async () => {
    const checkout = await inForm((element) => {
      element.required = true;
    });
    const seen: unknown[] = [];
    checkout.element.addEventListener('payby-paid', () => {
      seen.push(checkout.form.checkValidity(), checkout.entries());
    });
    await become(checkout, 'paid');
    expect(seen).to.deep.equal([true, [['payment', pendingOrder.id]]]);
    checkout.element.reset();
    expect(checkout.form.checkValidity()).to.equal(false);
    checkout.leave();
  });

  it('required counts from the first moment', () => {
    const form = document.createElement('form');
    const element = document.createElement('payby-checkout');
    element.required = true;
    form.append(element);
    document.body.append(form);
    expect(form.checkValidity()).to.equal(false);
    form.remove();
  });
});
