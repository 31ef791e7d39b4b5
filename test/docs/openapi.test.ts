import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { Validator } from '@seriousme/openapi-schema-validator';
import * as v from 'valibot';
import { createRequestSchema, decodeOrder, orderSchema } from '../../src/protocol.ts';
import { runCommand } from '../support/run-command.ts';

const file = new URL('../../docs/openapi.json', import.meta.url);

interface Content {
  schema: object;
  examples: Record<string, { value: unknown }>;
}

/** Every body in the document that has examples, with its media type. */
function contentsIn(node: unknown): [string, Content][] {
  if (typeof node !== 'object' || node === null) return [];
  const entries: [string, unknown][] = Object.entries(node);
  return entries.flatMap(([key, value]) => {
    const isContent =
      key.includes('/') && typeof value === 'object' && value !== null && 'examples' in value;
    return isContent ? [[key, value as Content]] : contentsIn(value);
  });
}

const read = () => JSON.parse(readFileSync(file, 'utf8'));

describe('docs/openapi.json', () => {
  it('is what the schemas give now', async () => {
    const { ok, output } = await runCommand('node', ['tools/openapi.ts', '--check'], {
      capture: true,
    });
    assert.ok(ok, output);
  });

  it('is an OpenAPI 3.1 document', async () => {
    const validator = new Validator();
    const result = await validator.validate(read());
    assert.deepEqual(result.valid ? [] : result.errors, []);
    assert.equal(validator.version, '3.1');
  });

  it('has the routes of the contract, and PayBy’s notification', () => {
    const { paths, webhooks } = read();
    const routes = Object.entries<object>(paths).map(([path, item]) => [
      path,
      ...Object.keys(item).filter((key) => key !== 'parameters'),
    ]);
    assert.deepEqual(routes, [
      ['/orders', 'post'],
      ['/orders/{id}', 'get'],
      ['/orders/{id}/events', 'get'],
      ['/orders/{id}/cancel', 'post'],
    ]);
    assert.deepEqual(Object.keys(webhooks), ['notification']);
  });

  it('says of every field of an order what it means', () => {
    const { Order, CreateRequest } = read().components.schemas;
    assert.deepEqual(Object.keys(Order.properties), Object.keys(orderSchema.entries));
    for (const [name, field] of Object.entries<{ description?: string }>({
      ...Order.properties,
      ...CreateRequest.properties,
    })) {
      assert.ok(field.description, `${name} has no description`);
    }
  });

  it('has examples that keep the contract', () => {
    const seen = { orders: 0, requests: 0, problems: 0, streams: 0 };
    for (const [type, { schema, examples }] of contentsIn(read())) {
      for (const [name, { value }] of Object.entries(examples)) {
        if (type === 'application/problem+json') {
          assert.equal(v.parse(v.looseObject({ code: v.string() }), value).code, name);
          seen.problems += 1;
        } else if (type === 'text/event-stream') {
          const messages = v.parse(v.string(), value).match(/^data: .*$/gm) ?? [];
          for (const line of messages) v.parse(orderSchema, JSON.parse(line.slice(6)));
          seen.streams += messages.length;
        } else if ('anyOf' in schema) {
          const { order, leftOut, unknownStatus } = decodeOrder(value, Date.now());
          assert.deepEqual([leftOut, unknownStatus], [undefined, undefined]);
          if (name !== 'paybyAnswer') v.parse(v.strictObject(orderSchema.entries), value);
          assert.equal(order.status, name === 'paybyAnswer' ? 'pending' : name);
          seen.orders += 1;
        } else if (name === 'create') {
          v.parse(v.strictObject(createRequestSchema.entries), value);
          seen.requests += 1;
        }
      }
    }
    assert.ok(Math.min(...Object.values(seen)) > 0, JSON.stringify(seen));
  });
});
