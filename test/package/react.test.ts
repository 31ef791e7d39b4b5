import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { after, describe, it } from 'node:test';
import { promisify } from 'node:util';
import { installPackage } from './install.ts';

const project = installPackage(['@lit/react', 'react', 'react-dom']);
after(() => project[Symbol.dispose]());

const script = `
  import { createElement } from 'react';
  import { renderToString } from 'react-dom/server';
  import { PaybyCheckout } from 'payby-checkout/react';
  const onPaybyPaid = () => {};
  const props = { endpoint: '/orders', reference: 'cart-42', id: 'pay', onPaybyPaid };
  process.stdout.write(renderToString(createElement(PaybyCheckout, props, 'Questions?')));
`;

describe('payby-checkout/react on a server', () => {
  it('renders the tag, without a DOM and without its events', async () => {
    const args = ['--input-type=module', '--eval', script];
    const run = promisify(execFile);
    const { stdout } = await run(process.execPath, args, { cwd: project.folder, timeout: 60_000 });
    assert.equal(stdout, '<payby-checkout id="pay">Questions?</payby-checkout>');
  });
});
