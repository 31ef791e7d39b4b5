import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createServer, type Server, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'puppeteer-core';
import { codeIsShown, launchChromium, openPage, phaseIs } from '../support/chromium.ts';
import { scan } from '../support/decode.ts';
import { freePort } from '../support/free-port.ts';

const root = join(import.meta.dirname, '../..');
const page = `<!doctype html><title>Shop</title>
<script type="module" src="/cdn/payby-checkout.js"></script>
<payby-checkout endpoint="/orders" reference="42" autostart></payby-checkout>`;

/** A merchant's backend in some other language: a script tag, and PayBy's JSON passed on as it is. */
describe('a script tag and a backend that passes PayBy’s answer through', () => {
  let server: Server;
  let browser: Browser;
  let url: string;
  let answer: string;
  let created = 0;

  const respond = (response: ServerResponse, type: string, body: string | Buffer) => {
    response.setHeader('content-type', type);
    response.end(body);
  };

  before(async () => {
    const file = join(root, 'test/support/samples/dynqr-order.response.json');
    const sample = await readFile(file, 'utf8');
    answer = sample.replace('1765061800318', String(Date.now() + 600_000));
    assert.notEqual(answer, sample);
    server = createServer(async ({ url: path = '/', method }, response) => {
      if (path === '/') return respond(response, 'text/html', page);
      if (path.startsWith('/cdn/')) {
        return respond(response, 'text/javascript', await readFile(join(root, 'dist', path)));
      }
      if (path === '/orders' && method === 'POST') created += 1;
      else if (!/^\/orders\/[\w-]+$/.test(path)) {
        response.statusCode = 404;
        return response.end();
      }
      respond(response, 'application/json', answer);
    });
    const port = await freePort();
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${port}/`;
    browser = await launchChromium();
  });
  after(async () => {
    await browser?.close();
    server?.closeAllConnections();
    server?.close();
  });

  it('shows its code, and paid once PayBy says so', async () => {
    const { page: tab } = await openPage(browser, url);
    await codeIsShown(tab);
    const read = await scan(await tab.screenshot());
    assert.equal(
      read,
      'https://qr.payby.com?BIZ_TYPE=202&ft=7ac14d5d372a459fbe948e83fcaae0cb&t=1765054600668',
    );
    const order = await tab.evaluate(() => document.querySelector('payby-checkout')?.order);
    assert.equal(order?.id, 'a3a6d66f-ccfe-442e-a981-2e7b2170dee4');
    assert.deepEqual(order?.amount, { amount: 1.01, currency: 'AED' });
    answer = answer.replace('"CREATED"', '"PAID_SUCCESS"');
    await phaseIs(tab, 'paid');
    assert.equal(created, 1);
  });
});
