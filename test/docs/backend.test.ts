import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import * as v from 'valibot';
import { createRequestSchema, orderSchema } from '../../src/protocol.ts';
import { points } from '../../src/verify/points/index.ts';

const file = new URL('../../docs/backend.md', import.meta.url);
const text = readFileSync(file, 'utf8');
const blocks = (fence: string): string[] =>
  [...text.matchAll(new RegExp(`\`\`\`${fence}\n([\\s\\S]*?)\`\`\``, 'g'))].map(
    ([, block = '']) => block,
  );

describe('docs/backend.md', () => {
  it('answers orders and problems that keep the contract', () => {
    const answers = blocks('json').map((block): object => JSON.parse(block));
    const orders = answers.filter((answer) => 'id' in answer);
    const problems = answers.filter((answer) => 'code' in answer);
    for (const order of orders) v.parse(v.strictObject(orderSchema.entries), order);
    assert.deepEqual([orders.length, problems.length], [2, 1]);
  });

  it('sends a request that keeps the contract', () => {
    const [, body = ''] = /-d '(\{.*\})'/.exec(text) ?? [];
    v.parse(v.strictObject(createRequestSchema.entries), JSON.parse(body));
  });

  it('writes events that are orders', () => {
    const messages =
      blocks('text')
        .join('')
        .match(/^data: .*$/gm) ?? [];
    for (const line of messages) {
      v.parse(v.strictObject(orderSchema.entries), JSON.parse(line.slice(6)));
    }
    assert.equal(messages.length, 2);
  });

  it('quotes the checker in its own words', () => {
    const { title, expected, mend } = points.concurrent;
    for (const words of [points.create.title, title, expected, mend]) {
      assert.ok(text.includes(words), words);
    }
  });

  it('leads to what is there', () => {
    const links = [...text.matchAll(/\]\(([^)]+)\)/g)].map(([, link = '']) => link);
    const headings = [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
      heading
        .toLowerCase()
        .replace(/[^\w\s-]/g, '')
        .replace(/\s/g, '-'),
    );
    for (const link of links.filter((target) => !target.startsWith('https:'))) {
      const [path = '', anchor = ''] = link.split('#');
      if (path === '') assert.ok(headings.includes(anchor), `#${anchor}`);
      else assert.ok(existsSync(new URL(path, file)), path);
    }
    assert.ok(links.length > 15);
  });
});
