import assert from 'node:assert/strict';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { signText } from '../support/fake-payby.ts';
import { openClient, sample, unknown } from '../support/open-client.ts';
import { keys } from '../support/shop.ts';

const number = { orderNo: '131658997939155072' };
const paid = sample('paid-order.response.json');
const limit = 1024 * 1024;

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

const signed =
  (text: string): Answer =>
  (_, response) => {
    response.setHeader('Sign', signText(text, keys.payby.privatePem));
    response.end(text);
  };

describe('over HTTP', () => {
  const urls: (string | undefined)[] = [];
  let answer: Answer = signed(paid);
  const server = createServer((request, response) => {
    urls.push(request.url);
    answer(request, response);
  });
  before(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)));
  after(() => server.close());

  function open() {
    urls.length = 0;
    const { port } = server.address() as AddressInfo;
    return openClient({
      environment: `http://127.0.0.1:${port}/sgs/api/`,
      fetch: (...request) => fetch(...request),
      retries: 0,
    });
  }

  it('sends what PayBy wants and reads what PayBy signed', async () => {
    let sent: IncomingMessage | undefined;
    answer = (request, response) => {
      sent = request;
      signed(paid)(request, response);
    };
    assert.equal((await open().client.getOrder(number)).status, 'SETTLED');
    assert.equal(sent?.method, 'POST');
    assert.equal(sent?.headers['content-type'], 'application/json');
    assert.equal(sent?.headers['partner-id'], '200000004021');
    assert.match(String(sent?.headers.sign), /^[A-Za-z0-9+/]{342}==$/);
    assert.deepEqual(urls, ['/sgs/api/acquire2/getOrder']);
  });

  it('follows no redirect, even one that PayBy’s key signed', async () => {
    for (const status of [301, 302, 307, 308]) {
      const { client } = open();
      answer = (_, response) => {
        response.writeHead(status, { location: '/elsewhere' }).end();
      };
      await assert.rejects(
        client.getOrder(number),
        unknown('signature', new RegExp(`HTTP ${status}`)),
      );
      answer = (_, response) => {
        const headers = { location: '/elsewhere', sign: signText('', keys.payby.privatePem) };
        response.writeHead(status, headers).end();
      };
      await assert.rejects(client.getOrder(number), unknown('unreadable'));
      assert.deepEqual(urls, ['/sgs/api/acquire2/getOrder', '/sgs/api/acquire2/getOrder']);
    }
  });

  it('reads a megabyte to the last byte, and not one more', async () => {
    const bytes = Buffer.byteLength(paid);
    answer = signed(paid + ' '.repeat(limit - bytes));
    assert.equal((await open().client.getOrder(number)).status, 'SETTLED');
    answer = signed(paid + ' '.repeat(limit - bytes + 1));
    await assert.rejects(
      open().client.getOrder(number),
      unknown('unreadable', /larger than 1048576/),
    );
  });

  it('does not know the outcome when the connection breaks before or in the answer', async () => {
    answer = (request) => request.socket.destroy();
    await assert.rejects(open().client.getOrder(number), unknown('network'));
    answer = (request, response) => {
      response.writeHead(200, { 'content-length': 1000 });
      response.write(paid.slice(0, 500), () => request.socket.destroy());
    };
    await assert.rejects(open().client.getOrder(number), unknown('network'));
  });

  it('closes the connection of a call that is aborted', async () => {
    const { client } = open();
    const controller = new AbortController();
    const closed = new Promise<void>((resolve) => {
      answer = (request) => {
        request.socket.once('close', () => resolve());
        controller.abort();
      };
    });
    const asked = client.getOrder(number, { signal: controller.signal });
    await assert.rejects(asked, unknown('aborted'));
    await closed;
  });
});
