import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { runCommand } from '../support/run-command.ts';
import { installPackage, specifiers } from './install.ts';

const project = installPackage(['@types/node', '@types/react', '@lit/react', 'react']);
after(() => project[Symbol.dispose]());

const isForPages = (specifier: string) =>
  /^payby-checkout(\/(element|react|types\/react))?$/.test(specifier);

/** Needs a framework that is not here. */
const isForOthers = (specifier: string) => /\/types\/(?!react)/.test(specifier);

const importAll = (list: readonly string[]) =>
  list.map((specifier, index) => `export * as m${index} from '${specifier}';\n`).join('');

const server = `${importAll(specifiers.filter((specifier) => !isForPages(specifier) && !isForOthers(specifier)))}
import { createCheckout, memoryStore, PaybyClient } from 'payby-checkout/server';
export const checkout = createCheckout({
  payby: new PaybyClient({ environment: 'uat', partnerId: '1', privateKey: '', paybyPublicKey: '' }),
  store: memoryStore(),
  notifyUrl: 'https://shop.example/api/payby/notify',
  quote: ({ reference = '' }) => ({ amount: '12.34', subject: reference.toUpperCase() }),
  onPaid: ({ amount }) => amount.padStart(10),
});
`;

const page = `${importAll(specifiers.filter(isForPages))}
document.querySelector('payby-checkout')?.addEventListener('payby-paid', ({ order }) => {
  location.assign('/thanks?order=' + order.id);
});
`;

/** What the compiler says of a project's file; nothing when all is well. */
async function complaints(name: string, code: string, options: object): Promise<string> {
  const compilerOptions = {
    strict: true,
    noEmit: true,
    target: 'es2022',
    skipLibCheck: false,
    ...options,
  };
  writeFileSync(join(project.folder, `${name}.ts`), code);
  const config = join(project.folder, `${name}.json`);
  writeFileSync(config, JSON.stringify({ compilerOptions, files: [`${name}.ts`] }));
  const { ok, output } = await runCommand('tsc', ['-p', config], { capture: true });
  return ok ? '' : output;
}

describe('the types', () => {
  for (const [moduleResolution, module] of [
    ['nodenext', 'nodenext'],
    ['bundler', 'esnext'],
  ] as const) {
    const how = { module, moduleResolution };

    it(`are found by ${moduleResolution} on a server, which has Node’s and not the DOM’s`, async () => {
      const options = { ...how, lib: ['ES2023'], types: ['node'] };
      assert.equal(await complaints(`server-${module}`, server, options), '');
    });

    it(`are found by ${moduleResolution} in a page, which has the DOM’s and not Node’s`, async () => {
      const options = { ...how, lib: ['ES2023', 'DOM', 'DOM.Iterable'], types: [] };
      assert.equal(await complaints(`page-${module}`, page, options), '');
    });
  }

  it('say no to what is wrong', async () => {
    const options = { module: 'nodenext', lib: ['ES2023'], types: ['node'] };
    const wrong = server.replace("'12.34'", '12.34');
    assert.match(await complaints('wrong', wrong, options), /number.*is not assignable/);
  });
});
