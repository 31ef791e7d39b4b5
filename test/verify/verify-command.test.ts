import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { describe, it, type TestContext } from 'node:test';
import { createVerifyCommand } from '../../src/cli/verify-command.ts';
import type { Finding } from '../../src/verify/index.ts';
import { freePort } from '../support/free-port.ts';
import { openKitShop } from './support/kit-shop.ts';

/** Runs the command as a shell would; `output` and `errors` are all it wrote. */
async function verify(...args: string[]) {
  const written = { output: '', errors: '' };
  const command = createVerifyCommand(
    { write: (text: string) => (written.output += text) },
    { write: (text: string) => (written.errors += text) },
  );
  return { code: await command.run(args), ...written };
}

/** A server that does with every connection what the test says; answers its endpoint. */
async function serveRudely(t: TestContext, treat: (socket: Socket) => unknown): Promise<string> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    treat(socket);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/orders`;
}

describe('verify', () => {
  it('passes the kit on every point, paid at the sandbox', async (t) => {
    const shop = await openKitShop({ queryInterval: 500 });
    t.after(() => shop.close());
    const { endpoint, notify, sandbox } = shop;
    const { code, output } = await verify(endpoint, '--notify', notify, '--sandbox', sandbox);
    assert.equal(code, 0, output);
    assert.match(output, /\n\d+ passed, 0 failed, 2 not checked\n$/);
    assert.match(output, /– says something at least every 20 s \(takes 45 s: use --slow\)/);
  });

  it('passes the kit that lets a page’s origin in', async (t) => {
    const origin = 'https://www.shop.example';
    const shop = await openKitShop({ cors: { origin, headers: ['X-Shop'] } });
    t.after(() => shop.close());
    const host = ['--token-host', new URL(shop.sandbox).host.replace('127.0.0.1', 'localhost')];
    const header = ['--header', 'X-Shop: 1'];
    const { code, output } = await verify(shop.endpoint, ...host, ...header, '--origin', origin);
    assert.equal(code, 0, output);
    assert.match(output, /✓ the page’s origin may call/);
    assert.match(output, /– a payment is told by status \(nobody to pay: use --sandbox/);
  });

  it('says of a failure what was expected, what came and how to mend it, and ends with 1', async (t) => {
    const shop = await openKitShop();
    t.after(() => shop.close());
    const { code, output } = await verify(shop.endpoint);
    assert.equal(code, 1);
    const words = [
      /✗ a pending order has a tokenUrl on an allowed host\n/,
      / {6}expected {2}a tokenUrl: https, on payby\.com/,
      / {6}came {6}“http:\/\/localhost:\d+\/wallet\?BIZ_TYPE=202/,
      / {6}to mend {3}.*--token-host/,
      /, 1 failed, /,
    ];
    for (const word of words) assert.match(output, word);
  });

  it('prints JSON for programs', async (t) => {
    const shop = await openKitShop();
    t.after(() => shop.close());
    const { output } = await verify(shop.endpoint, '--json', '--reference', 'cart-42');
    const { findings }: { findings: Finding[] } = JSON.parse(output);
    const create = findings.find(({ point }) => point === 'create');
    assert.deepEqual([create?.verdict, create?.group], ['pass', 'Create']);
  });

  it('ends with 2 where nobody listens', async () => {
    const { code, errors } = await verify(`http://127.0.0.1:${await freePort()}/orders`);
    assert.equal(code, 2);
    assert.match(errors, /^Nothing could be checked: POST \/orders was not answered: /);
  });

  it('ends with 2 for arguments it cannot use, and says which', async () => {
    for (const [args, word] of [
      [[], /name the endpoint/],
      [['ftp://shop.example'], /endpoint "ftp:\/\/shop\.example" is not an http\(s\) URL/],
      [['http://a.example', 'b'], /"b" is one argument too many/],
      [['http://a.example', '--details', '{'], /--details \{ is not JSON/],
      [['http://a.example', '--header', 'secret'], /--header is not of the form/],
      [['http://a.example', '--timeout', 'soon'], /--timeout soon is not a number/],
      [['http://a.example', '--fast'], /--fast/],
      [
        ['http://a.example', '--token-host', 'http://x'],
        /^--token-host "http:\/\/x" is not a host; give its name alone/,
      ],
      [['http://a.example', '--token-host', 'pay.example/'], /"pay\.example\/" is not a host/],
      [['http://a.example', '--token-host', ''], /--token-host "" is not a host/],
      [['http://user:secret@a.example'], /endpoint carries a password/],
    ] as const) {
      const { code, errors } = await verify(...args);
      assert.equal(code, 2);
      assert.match(errors, word);
      assert.doesNotMatch(errors, /secret/);
    }
  });

  it('explains itself', async () => {
    const { code, output } = await verify('--help');
    assert.equal(code, 0);
    assert.match(output, /^Usage: npx payby-checkout verify <endpoint>/);
  });
});

describe('a server that', () => {
  const impatient = ['--timeout', '0.2'];

  it('never answers is told so, and nothing more is asked of it', async (t) => {
    let asked = 0;
    const endpoint = await serveRudely(t, () => (asked += 1));
    const { code, output } = await verify(endpoint, ...impatient);
    assert.deepEqual([code, asked], [1, 1]);
    assert.match(output, /came {6}POST \/orders did not answer within 0\.6 s/);
    assert.match(output, /\n0 passed, 1 failed, \d+ not checked\n$/);
  });

  it('hangs up is told so', async (t) => {
    const endpoint = await serveRudely(t, (socket) => socket.destroy());
    const { code, output } = await verify(endpoint, ...impatient);
    assert.equal(code, 1);
    assert.match(output, /came {6}POST \/orders was not answered: /);
  });

  it('talks garbage is told so', async (t) => {
    const endpoint = await serveRudely(t, (socket) =>
      socket.end('\u0000\u001b[31mno http\r\n\r\n'),
    );
    const { code, output } = await verify(endpoint, ...impatient);
    assert.equal(code, 1);
    assert.match(output, /✗ answers an order/);
  });

  it('stops in the middle of an answer is told so', async (t) => {
    const endpoint = await serveRudely(t, (socket) =>
      socket.write(
        'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 99\r\n\r\n{"id',
      ),
    );
    const { code, output } = await verify(endpoint, ...impatient);
    assert.equal(code, 1);
    assert.match(output, /did not answer within 0\.6 s/);
  });

  it('answers without an end is not read to its end', async (t) => {
    const endpoint = await serveRudely(t, (socket) => {
      const pour = () => {
        while (!socket.destroyed && socket.write('x'.repeat(64 * 1024)));
      };
      socket.write('HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\r\n');
      socket.on('drain', pour);
      pour();
    });
    const { code, output } = await verify(endpoint, '--timeout', '10');
    assert.equal(code, 1);
    assert.match(output, /answered more than 1024 kB/);
  });

  it('writes to the terminal does not reach it', async (t) => {
    const body = '{"status":"pending\u001b[2J"}';
    const endpoint = await serveRudely(t, (socket) =>
      socket.once('data', () =>
        socket.end(`HTTP/1.1 200 OK\r\ncontent-length: ${body.length}\r\n\r\n${body}`),
      ),
    );
    const { code, output } = await verify(endpoint, ...impatient);
    assert.equal(code, 1);
    assert.ok(!output.includes('\u001b'));
  });
});
