import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { compile } from './compile.ts';
import { installPackage, specifiers } from './install.ts';

const project = installPackage([
  '@types/node',
  '@types/react',
  '@lit/react',
  '@lit-labs/ssr-client',
  'react',
]);
after(() => project[Symbol.dispose]());

const isForPages = (specifier: string) =>
  /^payby-checkout(\/(element|react|ssr|types\/react))?$/.test(specifier);

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

const complaints = (name: string, code: string, options: object) =>
  compile(project, `${name}.ts`, code, options);

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
    const options = { module: 'nodenext', lib: ['ES2023'], types: ['node'], skipLibCheck: true };
    const wrong = server.replace("'12.34'", '12.34');
    assert.match(await complaints('wrong', wrong, options), /number.*is not assignable/);
  });
});
