import { expect } from '@open-wc/testing';
import { PaybyCheckout } from '../../src/index.ts';
import { version } from '../../src/version.ts';
import { json, pendingOrder } from '../support/browser/fake-backend.ts';
import { waitUntil } from '../support/browser/wait-until.ts';

/** A page of its own, whose scripts and words on the console are in hand. */
interface Page {
  window: Window & typeof globalThis;
  said: string[];
}

let frame: HTMLIFrameElement | undefined;

afterEach(() => frame?.remove());

/**
 * Loads a page in a frame.
 *
 * @param head before the body is there
 * @param before run in the page before any of its scripts
 */
async function load(
  head: string,
  body = '',
  before: (page: Page) => void = () => {},
): Promise<Page> {
  frame = document.createElement('iframe');
  document.body.append(frame);
  const { contentWindow } = frame;
  if (!contentWindow) throw new Error('the frame has no page');
  const page: Page = { window: contentWindow as Page['window'], said: [] };
  const { document: inner } = page.window;
  inner.open();
  for (const way of ['warn', 'error'] as const) {
    page.window.console[way] = (text: string) => {
      if (text.includes('payby-checkout')) page.said.push(text);
    };
  }
  before(page);
  // The parser takes it piece by piece, as it comes from a server.
  inner.write(`<!doctype html><html lang="en"><head>${head}</head>`);
  await new Promise((resolve) => setTimeout(resolve));
  for (const piece of body.split('|')) inner.write(piece);
  inner.close();
  return page;
}

const script = '<script type="module" src="/src/index.ts"></script>';

const defined = ({ window }: Page) => window.customElements.whenDefined('payby-checkout');

/** Takes the tag before the script comes. */
const take = (version?: string) => (page: Page) => {
  const Taken = class extends page.window.HTMLElement {};
  if (version) Object.assign(Taken, { version });
  page.window.customElements.define('payby-checkout', Taken);
};

describe('the script', () => {
  it('names its version on the class', async () => {
    const { default: manifest } = await import('../../package.json');
    expect(version).to.equal(manifest.version);
    expect(PaybyCheckout.version).to.equal(version);
  });

  it('loaded after another version leaves the tag to that one, and says so once', async () => {
    const page = await load(script, '<payby-checkout></payby-checkout>', take('9.9.9'));
    await waitUntil(() => page.said.length > 0, 'nothing was said');
    expect(page.said.join()).to.match(/loaded twice: 9\.9\.9, then \d+\.\d+\.\d+\..*Load it once/);
    expect(page.said).to.have.length(1);
  });

  it('loaded after the same version says that it was loaded twice', async () => {
    const page = await load(script, '', take(version));
    await waitUntil(() => page.said.length > 0, 'nothing was said');
    expect(page.said.join()).to.contain(`loaded twice (${version})`);
  });

  it('says when the tag is somebody else’s', async () => {
    const page = await load(script, '', take());
    await waitUntil(() => page.said.length > 0, 'nothing was said');
    expect(page.said.join()).to.match(/tag is taken by an element that is not payby-checkout .*'s/);
  });

  it('in the head, before there is a body, makes the checkouts that are parsed later', async () => {
    const created: string[] = [];
    const body = `<body>
      <payby-checkout |endpoint="/orders" refe|rence="cart-1" autostart><span slot="pay-label">|Go</span></payby-checkout>
      <payby-checkout endpoint="/orders" reference="cart-2">|<span slot="pay-label">Go</span></payby-checkout>`;
    const page = await load(script, body, ({ window }) => {
      window.fetch = async (_, init) => {
        if (init?.method !== 'POST') return new Response(new ReadableStream());
        created.push(JSON.parse(String(init.body)).reference);
        return json({ ...pendingOrder });
      };
    });
    await defined(page);
    await waitUntil(() => page.window.document.querySelector('payby-checkout')?.order, 'no order');
    expect(created).to.deep.equal(['cart-1']);
    const [first, second] = page.window.document.querySelectorAll('payby-checkout');
    expect(first?.state.phase).to.equal('awaiting');
    expect(second?.state.phase).to.equal('idle');
    expect(page.said).to.deep.equal([]);
  });
});
