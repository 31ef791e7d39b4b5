/** Every code that can be met has an entry, and every message that leads to one finds it. */
import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import {
  anomalyCodes,
  createCheckout,
  importPrivateKey,
  memoryStore,
  PaybyClient,
  PaybyError,
  PaybyUnknownError,
  returnCodes,
} from '../../src/server/index.ts';
import { slug } from '../../tools/docs/slug.ts';
import { documentOf, root } from './code-blocks.ts';

const { text } = documentOf('docs/troubleshooting.md');
const entries = [...text.matchAll(/^### (.*)$/gm)].map(([, heading = '']) => slug(heading));
const read = (file: string) => readFileSync(join(root, file), 'utf8');

/** The words of a union in the source. */
function wordsOf(file: string, name: string): string[] {
  const [, union = ''] = new RegExp(`export type ${name} =([^;]*);`).exec(read(file)) ?? [];
  const words = [...union.matchAll(/'([\w-]+)'/g)].map(([, word = '']) => word);
  assert.ok(words.length > 2, `${name} in ${file}`);
  return words;
}

const families: Readonly<Record<string, readonly string[]>> = {
  'errors of the element': wordsOf('src/order/checkout-error.ts', 'CheckoutErrorCode'),
  'problems of the kit': wordsOf('src/server/http/problem.ts', 'ProblemCode'),
  anomalies: anomalyCodes,
  'refusals of refunds': wordsOf('src/server/orders/refunds.ts', 'OrderErrorCode'),
  'reasons of unknown outcomes': wordsOf('src/server/payby/payby-error.ts', 'UnknownReason').map(
    (reason) => `payby-${reason}`,
  ),
  'PayBy’s codes': Object.keys(returnCodes).filter((code) => code !== '0'),
};

describe('docs/troubleshooting.md', () => {
  for (const [family, codes] of Object.entries(families)) {
    it(`has an entry for each of the ${family}`, () => {
      assert.deepEqual(
        codes.filter((code) => !entries.includes(code)),
        [],
      );
    });
  }

  it('has each entry once, with words below it', () => {
    assert.deepEqual(
      entries.filter((entry, index) => entries.indexOf(entry) !== index),
      [],
    );
    for (const part of text.split(/^### /m).slice(1)) {
      const [heading = '', ...lines] = part.split('\n');
      assert.ok(lines.join('').length > 20, heading);
    }
  });

  it('knows each name that the source leads to', () => {
    const files = globSync('src/**/*.ts', { cwd: root });
    const named = files.flatMap((file) => [
      ...[...read(file).matchAll(/entryOf\('([^']+)'\)/g)].map(([, name = '']) => name),
      ...[...read(file).matchAll(/troubleshooting\.md#([\w-]+)/g)].map(([, name = '']) => name),
    ]);
    assert.ok(named.length > 8, String(named.length));
    assert.deepEqual(
      named.filter((name) => !entries.includes(name)),
      [],
    );
  });
});

describe('a message', () => {
  const led = /payby-checkout\/docs\/troubleshooting\.md#([\w-]+)/;
  const entryIn = (message: string) => led.exec(message)?.[1];

  it('of PayBy’s refusal leads to its code, and for one that is not known to what to do', () => {
    const facts = { operation: 'getOrder', applyStatus: 'FAIL', msg: '', traceCode: '1' } as const;
    assert.equal(entryIn(new PaybyError({ ...facts, code: '62001' }).message), '62001');
    assert.equal(entryIn(new PaybyError({ ...facts, code: '99999' }).message), 'another-code');
    assert.ok(entries.includes('another-code'));
  });

  it('of an unknown outcome leads to its reason', () => {
    const message = 'no answer';
    const unknown = new PaybyUnknownError({ operation: 'getOrder', reason: 'timeout', message });
    assert.equal(entryIn(unknown.message), 'payby-timeout');
  });

  it('of a wrong option leads to what it is an option of', async () => {
    const client = { environment: 'uat', partnerId: '', privateKey: '', paybyPublicKey: '' };
    const said = (run: () => unknown) => {
      try {
        run();
      } catch (thrown) {
        return thrown instanceof TypeError ? entryIn(thrown.message) : String(thrown);
      }
      return 'nothing was thrown';
    };
    assert.equal(
      said(() => new PaybyClient(client)),
      'paybyclient',
    );
    await assert.rejects(
      importPrivateKey(''),
      (thrown: Error) => entryIn(thrown.message) === 'keys',
    );
    const options = { store: memoryStore(), notifyUrl: 'https://shop.example/notify' };
    assert.equal(
      said(() => createCheckout({ ...options, basePath: 'api' } as never)),
      'createcheckout',
    );
  });
});
