import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { orderOf, readEvents } from '../support/shop.ts';
import { type Example, runExample } from './run-example.ts';

/** Each example, and what is run to serve it. */
const examples: Readonly<Record<string, string>> = {
  'node-http.ts': 'docs/frameworks/node-http.ts',
  'express.ts': 'docs/frameworks/express.ts',
  'fastify.ts': 'docs/frameworks/fastify.ts',
  'hono.ts': 'docs/frameworks/hono.ts',
  'next/route.ts': 'test/server/frameworks/next-server.ts',
};

const docs = new URL('../../../docs/', import.meta.url);
const read = (file: string) => readFileSync(new URL(file, docs), 'utf8');

const json = { 'content-type': 'application/json' };

async function payAt({ origin, pay }: Example): Promise<void> {
  const orders = `${origin}/api/payby/orders`;
  const created = await fetch(orders, {
    method: 'POST',
    headers: { ...json, 'idempotency-key': 'k1' },
    body: JSON.stringify({ paySceneCode: 'DYNQR', reference: '42', details: { note: 'سلة' } }),
  });
  assert.equal(created.status, 201);
  assert.equal(created.headers.get('cache-control'), 'no-store');
  const { id, tokenUrl = '' } = await orderOf(created);
  assert.equal((await orderOf(await fetch(`${orders}/${id}`))).status, 'pending');

  const events = readEvents(await fetch(`${orders}/${id}/events`));
  assert.match(events.response.headers.get('content-type') ?? '', /^text\/event-stream/);
  assert.equal((await events.next())?.status, 'pending');
  const { outcome, attempt } = await pay(tokenUrl);
  assert.deepEqual([outcome, attempt], ['accepted', 1]);
  assert.equal((await events.next())?.status, 'paid');
  assert.equal(await events.next(), undefined);
  assert.equal((await orderOf(await fetch(`${orders}/${id}`))).status, 'paid');
}

for (const [name, file] of Object.entries(examples)) {
  describe(`the example ${name}`, () => {
    it('creates an order, follows it and is paid by a signed notification', async () => {
      await using example = await runExample(file);
      await payAt(example);
      assert.equal(await example.says('paid'), 'paid: 42\n');
    });

    it('refuses a notification whose bytes were changed on the way', async () => {
      await using example = await runExample(file);
      const headers = { ...json, sign: 'AAAA' };
      const init = { method: 'POST', headers, body: '{"acquireOrder":{}}' };
      const response = await fetch(`${example.origin}/api/payby/notify`, init);
      assert.equal(response.status, 401);
      assert.equal((await response.json()).code, 'signature-invalid');
    });

    it('is shown in the guide as it is, in at most 25 lines', () => {
      const text = read(`frameworks/${name}`);
      assert.ok(read('frameworks.md').includes(`\`\`\`ts\n${text}\`\`\``), `${name} has changed`);
      assert.ok(text.trimEnd().split('\n').length <= 25);
    });
  });
}

describe('the examples', () => {
  it('share a checkout that the guide shows as it is', () => {
    const text = read('frameworks/checkout.ts');
    assert.ok(read('frameworks.md').includes(`\`\`\`ts\n${text}\`\`\``), 'checkout.ts has changed');
  });

  it('that are run on other runtimes are shown as they are, too', () => {
    for (const name of ['fetch.ts', 'worker.ts']) {
      const text = read(`frameworks/${name}`);
      assert.ok(read('frameworks.md').includes(`\`\`\`ts\n${text}\`\`\``), `${name} has changed`);
    }
  });

  it('leave the bodies of other routes to the framework', async () => {
    for (const name of ['express.ts', 'fastify.ts', 'hono.ts']) {
      await using example = await runExample(`docs/frameworks/${name}`);
      const init = { method: 'POST', headers: json, body: '{"a":1}' };
      const response = await fetch(`${example.origin}/api/echo`, init);
      assert.deepEqual(await response.json(), { a: 1 }, name);
    }
  });
});
