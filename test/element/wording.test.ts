import { expect } from '@open-wc/testing';
import { wordingProblems } from '../../src/element/developer/check-wording.ts';
import { languageNames, loadMessages } from '../../src/element/languages.ts';
import type { Messages } from '../../src/element/messages/messages.ts';
import { registerMessages } from '../../src/index.ts';
import { pendingOrder } from '../support/browser/fake-backend.ts';
import { type Mounted, mount, unmount } from '../support/browser/mount.ts';
import { waitUntil } from '../support/browser/wait-until.ts';
import { replace, shown } from '../support/browser/way.ts';

let warnings: string[] = [];
let speak = () => {};

beforeEach(() => {
  warnings = [];
  speak = replace(console, 'warn', (text: string) => void warnings.push(text));
});
afterEach(() => {
  speak();
  unmount();
});

/** Registers whatever a page without types may come up with. */
const register = (messages: unknown) => registerMessages(messages as Messages);

const told = (sentence: RegExp) =>
  waitUntil(() => warnings.some((text) => sentence.test(text)), `never told ${sentence}`);

/** A checkout in a language, with an order on screen. */
async function started(lang: string): Promise<Mounted> {
  const checkout = await mount({}, (element) => {
    element.lang = lang;
  });
  checkout.element.start();
  await waitUntil(() => checkout.backend.streams.length > 0, 'nobody follows');
  return checkout;
}

describe('wording of the page’s own', () => {
  it('without a language is told, and hides nothing', async () => {
    register({ pay: 'Pay now' });
    register(undefined);
    await started('en');
    await told(/registerMessages: lang is missing, so nothing is used; name its language/);
  });

  it('with a key that there is not is told with the one that was meant', async () => {
    register({ lang: 'en-GB', payLabel: 'Pay now', Title: 'Pay', colour: 'red' });
    const checkout = await started('en-GB');
    await told(/registerMessages "en-GB": there is no "payLabel"; did you mean "pay"\?/);
    await told(/there is no "Title"; did you mean "title"\?/);
    await told(/there is no "colour"\./);
    await shown(checkout, /Waiting for payment/);
  });

  it('of the wrong kind is told and left out: the checkout’s own is shown for it alone', async () => {
    register({
      lang: 'en-AE',
      scannedBy: 'someone',
      steps: ['One'],
      phases: { paid: 'Yours' },
      title: () => 'Pay',
      errorTitle: 'Oh no',
    });
    const checkout = await started('en-AE');
    await told(/"en-AE": scannedBy is a string instead of a function; it is left out/);
    await told(/"en-AE": title is a function instead of a string; it is left out/);
    await told(/"en-AE": phases lacks awaiting, scanned, failed, .*; it is left out/);
    await told(/"en-AE": steps lacks 1, 2; it is left out/);
    const payer = { mobileNumberMask: '+971-*****1234' };
    checkout.backend.stream.send({ ...pendingOrder, status: 'scanned', payer });
    await shown(checkout, /Confirm in your app.*Scanned by/);
    checkout.backend.create = () => new Response('', { status: 400 });
    checkout.element.reset();
    checkout.element.start();
    await shown(checkout, /Oh no/);
  });

  it('that is registered while an order waits is looked at, too, and told once', async () => {
    await started('en');
    register({ lang: 'en-IN', paidHint: 'x' });
    await told(/"en-IN": there is no "paidHint"/);
    const count = warnings.length;
    await started('en');
    expect(warnings).to.have.length(count);
  });

  it('of a new language that lacks something is told, and what is shown in its place', async () => {
    const shape = { ...(await loadMessages('ar')) };
    const { problems } = wordingProblems(
      { ...shape, lang: 'fr', pay: undefined },
      shape,
      languageNames,
    );
    expect(problems).to.deep.equal(['registerMessages "fr" lacks pay; they are shown in English.']);
    expect(wordingProblems({ ...shape, lang: 'fr' }, shape, languageNames).problems).to.deep.equal(
      [],
    );
    expect(
      wordingProblems({ lang: 'ar-EG', pay: 'ادفع' }, shape, languageNames).problems,
    ).to.deep.equal([]);
  });

  it('whose language is no tag is told', async () => {
    const shape = { ...(await loadMessages('ar')) };
    const { problems } = wordingProblems({ ...shape, lang: 'my words' }, shape, languageNames);
    expect(problems).to.deep.equal([
      'registerMessages "my words": lang is no language tag; use one such as "ar" or "en-GB".',
    ]);
  });
});

describe('a language that there is no wording in', () => {
  it('is told once, with those that there are and how to bring another', async () => {
    const checkout = await mount({}, (element) => {
      element.lang = 'xh-ZA';
    });
    await told(
      /there is no wording in "xh", English is shown\. There are en, ar, bn, .*registerMessages\(\{ lang: "xh"/,
    );
    await shown(checkout, /Pay with BOTIM or PayBy/);
    await mount({}, (element) => {
      element.lang = 'xh';
    });
    await import('../../src/element/languages.ts');
    expect(warnings.filter((text) => text.includes('"xh"'))).to.have.length(1);
  });

  it('is not told where the page brings it', async () => {
    register({ ...(await loadMessages('ar')), lang: 'ps', title: 'PS' });
    const checkout = await mount({}, (element) => {
      element.lang = 'ps';
    });
    await shown(checkout, /PS/);
    expect(warnings).to.deep.equal([]);
  });
});
