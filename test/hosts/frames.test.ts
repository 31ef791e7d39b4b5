import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import type { Browser, Frame, Page } from 'puppeteer-core';
import { launchChromium } from '../support/chromium.ts';
import { codeIs, payIn, phaseIsIn, textIn } from '../support/host-checkout.ts';
import { type HostServer, openHostServer, tokenUrl } from '../support/host-server.ts';
import { openGuarded } from '../support/violations.ts';

/** Nothing but this machine is reached: what leaves the page gets no answer. */
const alone = '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1';
const scripts = 'allow-scripts';

describe('in a frame', () => {
  let browser: Browser;
  let server: HostServer;
  let page: Page;
  let errors: string[];

  before(async () => {
    // A frame without an origin of its own is let in by nothing less.
    server = await openHostServer({
      'access-control-allow-origin': '*',
      'access-control-allow-headers': '*',
    });
    browser = await launchChromium([alone]);
  });
  afterEach(() => page?.close());
  after(async () => {
    await browser?.close();
    await server?.close();
  });

  interface Framing {
    /** The frame's host; the page around it is on `localhost`. */
    host?: string;
    sandbox?: string;
    environment?: string;
  }

  /** A checkout with an order, in a frame. */
  async function open(name: string, framing: Framing): Promise<Frame> {
    const { host = 'localhost', sandbox, environment = 'desktop' } = framing;
    server.serve(`/framed/${name}`, {
      html: `<!doctype html><html lang="en"><script type="module" src="/cdn/payby-checkout.js"></script>
        <payby-checkout endpoint="/orders" reference="${name}" environment="${environment}"></payby-checkout>`,
    });
    const limits = sandbox === undefined ? '' : `sandbox="${sandbox}"`;
    server.serve(`/around/${name}`, {
      html: `<!doctype html><iframe ${limits} width="420" height="560"
        src="${server.url(`/framed/${name}`, host)}"></iframe>`,
    });
    ({ page, errors } = await openGuarded(browser));
    await page.goto(server.url(`/around/${name}`), { waitUntil: 'load' });
    const frame = page.frames().find((candidate) => candidate !== page.mainFrame());
    if (!frame) throw new Error('there is no frame');
    await frame.locator('payby-checkout >>> [part=button]').click();
    await phaseIsIn(frame, 'awaiting');
    return frame;
  }

  const framings: Record<string, Framing> = {
    'of its own site': {},
    'of another site': { host: '127.0.0.1' },
    'that may only run scripts, and has no origin and no storage': { sandbox: scripts },
    'of another site that keeps its origin': {
      host: '127.0.0.1',
      sandbox: `${scripts} allow-same-origin`,
    },
  };
  for (const [index, [what, framing]] of Object.entries(framings).entries()) {
    it(`${what}, it is paid`, async () => {
      const name = `paid-${index}`;
      const frame = await open(name, framing);
      await codeIs(frame);
      await payIn(frame, server, name);
      assert.deepEqual(errors, []);
    });
  }

  it('of another site, it finds its order again when it is loaded anew', async () => {
    const frame = await open('again', { host: '127.0.0.1' });
    const posts = () => server.asked.filter((line) => line.startsWith('POST')).length;
    const before = posts();
    await frame.goto(frame.url());
    await phaseIsIn(frame, 'awaiting');
    assert.equal(posts(), before);
  });

  /** Presses the way into the app, as a customer does. */
  const press = (frame: Frame) => frame.locator('payby-checkout >>> [part=app-link]').click();

  it('without a way out, a press on the link says so and shows the code', async () => {
    const frame = await open('locked', { sandbox: scripts, environment: 'phone' });
    await press(frame);
    await codeIs(frame);
    assert.match(await textIn(frame), /Open it in its own tab, or scan the code/);
    await payIn(frame, server, 'locked');
  });

  it('with a sandbox that lets a press leave, the whole tab goes', async () => {
    const sandbox = `${scripts} allow-top-navigation-by-user-activation`;
    const frame = await open('leaving', { sandbox, environment: 'phone' });
    const left = page.waitForRequest((request) => request.url() === new URL(tokenUrl).href);
    await press(frame);
    const request = await left;
    assert.equal(request.frame(), page.mainFrame());
  });

  it('with a sandbox that lets it open tabs, a tab opens and the checkout stays', async () => {
    const sandbox = `${scripts} allow-popups`;
    const frame = await open('tab', { sandbox, environment: 'phone' });
    const opened = browser.waitForTarget((target) =>
      target.url().startsWith('https://qr.payby.com'),
    );
    await press(frame);
    const tab = await (await opened).page();
    await payIn(frame, server, 'tab');
    await tab?.close();
  });
});
