import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { after, afterEach, before, describe, it } from 'node:test';
import type { Browser, Page } from 'puppeteer-core';
import { createSandbox, type Sandbox } from '../../src/sandbox/index.ts';
import {
  type Attempt,
  type Checkout,
  type CorsOptions,
  createCheckout,
  memoryStore,
  PaybyClient,
} from '../../src/server/index.ts';
import { nodeListener } from '../../src/server/node.ts';
import { launchChromium } from '../support/chromium.ts';
import { codeIs, phaseIsIn } from '../support/host-checkout.ts';
import { type HostServer, openHostServer, script } from '../support/host-server.ts';
import { until } from '../support/strict-stage.ts';

interface Backend {
  checkout: Checkout;
  server: Server;
  endpoint(name: string): string;
  /** What it was asked, and with which cookie and login. */
  asked: string[];
}

describe('with its backend on another origin', () => {
  let sandbox: Sandbox;
  let browser: Browser;
  let host: HostServer;
  let page: Page;
  const backends: Backend[] = [];

  before(async () => {
    sandbox = createSandbox();
    await sandbox.listen({ port: 0 });
    host = await openHostServer();
    browser = await launchChromium();
    host.serve(
      '/login.js',
      script(`document.cookie = 'session=s1';
        addEventListener('DOMContentLoaded', () => {
          document.querySelector('payby-checkout').requestInit = {
            credentials: new URLSearchParams(location.search).get('credentials') ?? 'omit',
            headers: { 'X-Shop-Login': 'abc' },
          };
        });
        window.told = [];
        addEventListener('payby-error', (event) => told.push(event.code + ': ' + event.message));`),
    );
  });
  afterEach(() => page?.close());
  after(async () => {
    await browser?.close();
    await host?.close();
    for (const { server, checkout } of backends) {
      checkout.close();
      server.closeAllConnections();
      server.close();
    }
    await sandbox?.close();
  });

  async function openBackend(cors?: CorsOptions): Promise<Backend> {
    const asked: string[] = [];
    const checkout = createCheckout({
      payby: new PaybyClient({
        environment: sandbox.baseUrl,
        partnerId: sandbox.partnerId,
        privateKey: sandbox.merchantPrivateKey,
        paybyPublicKey: sandbox.paybyPublicKey,
      }),
      store: memoryStore(),
      notifyUrl: 'http://127.0.0.1:9/notify',
      quote: () => ({ amount: '12.34', subject: 'Cart 42' }),
      onPaid() {},
      authorize({ action, request }: Attempt) {
        const { headers } = request;
        const kind = headers.get('accept') === 'text/event-stream' ? 'events' : action;
        asked.push(`${kind} ${headers.get('cookie')} ${headers.get('x-shop-login')}`);
        return true;
      },
      ...(cors && { cors }),
    });
    const server = createServer(nodeListener(checkout)).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const endpoint = (name: string) => `http://${name}:${port}/api/payby/orders`;
    const backend = { checkout, server, endpoint, asked };
    backends.push(backend);
    return backend;
  }

  async function open(endpoint: string, credentials: string): Promise<void> {
    host.serve('/shop', {
      html: `<!doctype html><html lang="en"><script src="/login.js"></script>
        <script type="module" src="/cdn/payby-checkout.js"></script>
        <payby-checkout endpoint="${endpoint}" reference="cart" token-hosts="localhost 127.0.0.1"></payby-checkout>`,
    });
    page = await browser.newPage();
    await page.goto(host.url(`/shop?credentials=${credentials}`));
    await page.locator('payby-checkout >>> [part=button]').click();
  }

  const orderId = () =>
    page.evaluate(() => document.querySelector('payby-checkout')?.order?.id ?? '');
  const errors = () => page.evaluate(() => window.told ?? []);

  it('it orders, follows and is paid, with the cookies and headers of the page', async () => {
    const cors = { origin: host.url(''), credentials: true, headers: ['X-Shop-Login'] };
    const { endpoint, asked } = await openBackend(cors);
    await open(endpoint('localhost'), 'include');
    await codeIs(page);
    await until(() => asked.some((line) => line.startsWith('events')));
    await page.evaluate(() => document.querySelector('payby-checkout')?.retry());
    await until(() => asked.some((line) => line.startsWith('read')));
    sandbox.actions.pay(await orderId());
    await phaseIsIn(page, 'paid');
    const kinds = new Set(asked);
    assert.deepEqual([...kinds].sort(), [
      'create session=s1 abc',
      'events session=s1 abc',
      'read session=s1 abc',
    ]);
    assert.deepEqual(await errors(), []);
  });

  it('it cancels there', async () => {
    const cors = { origin: host.url(''), credentials: true, headers: ['X-Shop-Login'] };
    const { endpoint, asked } = await openBackend(cors);
    await open(endpoint('localhost'), 'include');
    await codeIs(page);
    await page.evaluate(() => document.querySelector('payby-checkout')?.cancel());
    await phaseIsIn(page, 'cancelled');
    assert.ok(asked.includes('cancel session=s1 abc'), asked.join());
  });

  it('it goes on another site, without cookies', async () => {
    const { endpoint, asked } = await openBackend({ origin: '*', headers: ['X-Shop-Login'] });
    await open(endpoint('127.0.0.1'), 'omit');
    await codeIs(page);
    assert.equal(asked[0], 'create null abc');
  });

  const refusals = {
    'no CORS at all': { cors: undefined, credentials: 'omit' },
    'CORS for every origin, which browsers refuse for requests with cookies': {
      cors: { origin: '*', headers: ['X-Shop-Login'] },
      credentials: 'include',
    },
    'CORS for another shop': {
      cors: { origin: 'https://shop.example', headers: ['X-Shop-Login'] },
      credentials: 'omit',
    },
    'CORS without the header that the page adds': {
      cors: { origin: '*' },
      credentials: 'omit',
    },
  };
  for (const [what, { cors, credentials }] of Object.entries(refusals)) {
    it(`${what}: it says that the backend is not reached, and what to look at`, async () => {
      const { endpoint, asked } = await openBackend(cors);
      await open(endpoint('localhost'), credentials);
      await phaseIsIn(page, 'error');
      const url = endpoint('localhost');
      assert.deepEqual(await errors(), [
        `network: POST ${url} could not be reached; check its URL, CORS and network.`,
      ]);
      assert.deepEqual(asked, [], 'an order was made that nobody can see');
    });
  }
});
