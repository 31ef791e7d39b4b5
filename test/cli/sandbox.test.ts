import assert from 'node:assert/strict';
import { createPublicKey, createSign, createVerify, type KeyObject } from 'node:crypto';
import { once } from 'node:events';
import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { runCli, startCli, startSandbox } from './run-cli.ts';

/** The variables it prints for a backend. */
const variables = (out: string) =>
  Object.fromEntries(
    [...out.matchAll(/^(PAYBY_\w+)=(.+)$/gm)].map(([, name, value]) => [name, value]),
  );

async function newFolder(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'sandbox-keys-'));
  t.after(() => rm(folder, { recursive: true }));
  return folder;
}

interface Keys {
  /** PEM. */
  privateKey: string;
  paybyKey: KeyObject | string;
}

/** The keys out of variables, which carry them without their heads. */
const keysIn = (env: Record<string, string>): Keys => {
  const head = (name: string) => `-----${name} PRIVATE KEY-----`;
  const der = Buffer.from(env.PAYBY_PUBLIC_KEY ?? '', 'base64');
  return {
    privateKey: `${head('BEGIN')}\n${env.PAYBY_PRIVATE_KEY}\n${head('END')}`,
    paybyKey: createPublicKey({ key: der, format: 'der', type: 'spki' }),
  };
};

/** Places an order as a backend in any language would, and checks who answered. */
async function place(env: Record<string, string>, fields: object = {}, keys: Keys = keysIn(env)) {
  const body = JSON.stringify({
    requestTime: Date.now(),
    bizContent: {
      merchantOrderNo: 'M1',
      subject: 'Cart 42',
      totalAmount: { amount: 12.3, currency: 'AED' },
      paySceneCode: 'DYNQR',
      ...fields,
    },
  });
  const response = await fetch(`${env.PAYBY_ENVIRONMENT}/acquire2/placeOrder`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'partner-id': env.PAYBY_PARTNER_ID ?? '',
      sign: createSign('RSA-SHA256').update(body).sign(keys.privateKey, 'base64'),
    },
    body,
  });
  const text = await response.text();
  const signature = response.headers.get('sign') ?? '';
  assert.ok(createVerify('RSA-SHA256').update(text).verify(keys.paybyKey, signature, 'base64'));
  return JSON.parse(text);
}

describe('payby-checkout sandbox', () => {
  it('tells a backend where it is and what to sign with', async (t) => {
    const { url, out, said } = await startSandbox(t, '--partner-id', '200000000888');
    const env = variables(out());
    assert.equal(env.PAYBY_ENVIRONMENT, `${url}/sgs/api`);
    assert.equal(env.PAYBY_PARTNER_ID, '200000000888');
    assert.match(out(), new RegExp(`Control page +${url}/control$`, 'm'));
    const { head, body } = await place(env);
    assert.equal(head.code, '0');
    const port = new URL(url).port;
    assert.ok(body.interActionParams.tokenUrl.startsWith(`http://localhost:${port}/wallet?`));
    await said(/^\d\d:\d\d:\d\d {2}placeOrder M1: 0 SUCCESS$/m);
    assert.equal((await fetch(`${url}/control`)).status, 200);
  });

  it('logs each notification, and is steered by its control', async (t) => {
    const shop = createServer((_, response) => response.end('{"response":"SUCCESS"}'));
    await once(shop.listen(0, '127.0.0.1'), 'listening');
    t.after(() => shop.close());
    const address = shop.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    const notifyUrl = `http://127.0.0.1:${port}/notify`;
    const { url, out, said } = await startSandbox(t);
    await place(variables(out()), { notifyUrl });
    const json = { 'content-type': 'application/json' };
    const paid = await fetch(`${url}/control/orders/M1/pay`, { method: 'POST', headers: json });
    assert.equal((await paid.json()).status, 'PAID_SUCCESS');
    await said(/POST \/control\/orders\/M1\/pay: 200$/m);
    await said(new RegExp(`notification 1 M1: accepted, ${notifyUrl}$`, 'm'));
  });

  it('logs no looks at its control page', async (t) => {
    const { url, out, said } = await startSandbox(t);
    await fetch(`${url}/control`);
    await fetch(`${url}/control/state`);
    await fetch(`${url}/nowhere`);
    await said(/GET \/nowhere: 404 SERVICE_NOT_AVAILABLE/);
    assert.doesNotMatch(out(), /GET \/control/);
  });

  it('keeps its keys in a folder, private ones for this user only', async (t) => {
    const folder = join(await newFolder(t), 'keys');
    const first = await startSandbox(t, '--keys', folder);
    const env = variables(first.out());
    assert.equal(env.PAYBY_PRIVATE_KEY_FILE, join(folder, 'merchant-private.pem'));
    assert.equal(env.PAYBY_PUBLIC_KEY_FILE, join(folder, 'payby-public.pem'));
    assert.doesNotMatch(first.out(), /MII/);
    const names = ['merchant-private', 'merchant-public', 'payby-private', 'payby-public'];
    assert.deepEqual(
      (await readdir(folder)).sort(),
      names.map((name) => `${name}.pem`),
    );
    for (const name of names) {
      const { mode } = await stat(join(folder, `${name}.pem`));
      assert.equal(mode & 0o777, name.endsWith('private') ? 0o600 : 0o644);
    }
    assert.equal((await stat(folder)).mode & 0o777, 0o700);
    await first.stop();

    const second = await startSandbox(t, '--keys', folder);
    const read = (name: string) => readFile(join(folder, name), 'utf8');
    const privateKey = await read('merchant-private.pem');
    const paybyKey = await read('payby-public.pem');
    const { head } = await place(variables(second.out()), {}, { privateKey, paybyKey });
    assert.equal(head.code, '0');
  });

  it('refuses half a set of keys, those that do not fit, and what is no key', async (t) => {
    const folder = await newFolder(t);
    const first = await startSandbox(t, '--keys', folder);
    await first.stop();
    const file = (name: string) => join(folder, name);
    const refused = async (message: RegExp) => {
      const { code, out, err } = await runCli('sandbox', '--port', '0', '--keys', folder);
      assert.deepEqual([code, out], [1, '']);
      assert.match(err, message);
      assert.doesNotMatch(err, /MII|BEGIN|at .*\.ts/);
    };
    const payby = await readFile(file('payby-public.pem'), 'utf8');
    const merchant = await readFile(file('merchant-public.pem'), 'utf8');
    await writeFile(file('payby-public.pem'), merchant);
    await refused(/payby-public\.pem does not belong to payby-private\.pem/);
    await writeFile(file('payby-public.pem'), 'MIIB not a key');
    await refused(/payby-public\.pem is not an RSA key in PEM/);
    await writeFile(file('payby-public.pem'), payby);
    await rm(file('merchant-private.pem'));
    await rm(file('payby-private.pem'));
    await refused(/has keys, but not merchant-private\.pem and payby-private\.pem; put them back/);
  });

  it('says when a folder cannot keep keys', async (t) => {
    const folder = await newFolder(t);
    const file = join(folder, 'file');
    await writeFile(file, '');
    await chmod(file, 0o600);
    const { code, err } = await runCli('sandbox', '--port', '0', '--keys', join(file, 'keys'));
    assert.equal(code, 1);
    assert.match(
      err,
      /file\/keys.* cannot be read \(ENOTDIR\); name another folder\.\nSee .*#key-folder\.\n$/,
    );
  });

  it('logs as JSON, alone on standard output, or not at all', async (t) => {
    const cli = startCli(['sandbox', '--port', '0', '--log', 'json']);
    t.after(() => cli.stop('SIGKILL'));
    const { baseUrl, control, ...listening } = JSON.parse(await cli.said(/^\{.*\}$/m));
    assert.deepEqual(listening, { kind: 'listening', partnerId: '200000000001' });
    await fetch(`${baseUrl}/acquire2/getOrder`, { method: 'POST' });
    await cli.said(/"msg":"UNAUTHORIZED: header Partner-Id missing"/);
    for (const line of cli.out().trim().split('\n'))
      assert.equal(typeof JSON.parse(line), 'object');
    assert.match(cli.err(), /PAYBY_PRIVATE_KEY=/);
    assert.doesNotMatch(cli.out(), /MII/);

    const quiet = await startSandbox(t, '--quiet');
    const before = quiet.out();
    await fetch(`${quiet.url}/nowhere`);
    const { out } = await quiet.stop();
    assert.equal(out, before);
    assert.equal((await fetch(control)).status, 200);
  });

  it('passes its options on to the sandbox', async (t) => {
    const { url } = await startSandbox(
      t,
      ...['--time-scale', '60', '--allow-ip', '10.0.0.0/8', '--allow-ip', '127.0.0.1'],
      ...['--public-url', 'http://192.168.1.20:4010', '--host', '127.0.0.1', '--refunds-pend'],
    );
    const state = await (await fetch(`${url}/control/state`)).json();
    assert.equal(state.clock.timeScale, 60);
    assert.deepEqual(state.allowedIps, ['10.0.0.0/8', '127.0.0.1']);
    assert.match(await (await fetch(`${url}/control`)).text(), /http:\/\/192\.168\.1\.20:4010/);
  });

  it('ends cleanly when it is told to', async (t) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      const { stop, url } = await startSandbox(t);
      const { code, err } = await stop(signal);
      assert.deepEqual([code, err], [0, '']);
      await assert.rejects(fetch(url));
    }
  });

  it('says what to do when its port is taken', async (t) => {
    const { url } = await startSandbox(t);
    const { port } = new URL(url);
    const { code, out, err } = await runCli('sandbox', '--port', port);
    assert.deepEqual([code, out], [1, '']);
    assert.equal(
      err,
      `Port ${port} is taken; choose another one with --port, or 0 for any free one.\nSee payby-checkout/docs/troubleshooting.md#port.\n`,
    );
    const elsewhere = await runCli('sandbox', '--port', '0', '--host', '192.0.2.1');
    assert.equal(elsewhere.code, 1);
    assert.match(elsewhere.err, /cannot listen on 192\.0\.2\.1.*choose with --host and --port/);
  });

  it('tells its options', async () => {
    const { code, out } = await runCli('sandbox', '--help');
    assert.equal(code, 0);
    for (const option of ['--port', '--keys', '--allow-ip', '--time-scale', '--log', '--quiet']) {
      assert.ok(out.includes(option), option);
    }
  });

  it('names the argument it cannot use', async () => {
    for (const [args, message] of [
      [['--port', '65536'], /^--port "65536" is not a port/],
      [['--time-scale', 'fast'], /^--time-scale "fast" is not a number/],
      [['--time-scale', '0'], /^--time-scale 0 cannot be used/],
      [['--partner-id', '2000000000012'], /^--partner-id "2000000000012" cannot be used/],
      [['--public-url', 'ftp://x'], /^--public-url "ftp:\/\/x" cannot be used/],
      [['--allow-ip', '1.2.3'], /^--allow-ip "1\.2\.3" cannot be used/],
      [['--log', 'xml'], /^--log "xml" is unknown; use text or json/],
      [['--host', ''], /^--host is empty; give an address/],
      [['--keys', ''], /^--keys is empty; name a folder\./],
      [['--prot', '1'], /^There is no option --prot\.\n/],
      [['--quiet=yes'], /^--quiet takes no value\.\n/],
      [['--port'], /^--port has no value; give one\.\n/],
      [['--port', '--quiet'], /^--port has no value; write one .* as --port=-…\.\n/],
      [['extra'], /^"extra" is one argument too many\.\n/],
    ] as const) {
      const { code, out, err } = await runCli('sandbox', ...args);
      assert.deepEqual([code, out], [2, ''], args.join(' '));
      assert.match(err, message);
      assert.match(err, /\nSee npx payby-checkout sandbox --help, and .*#command-line\.\n$/);
    }
  });
});
