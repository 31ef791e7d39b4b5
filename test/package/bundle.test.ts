import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { promisify } from 'node:util';
import { build } from 'vite';
import { installPackage } from './install.ts';

const project = installPackage(['@lit-labs/ssr-client', '@lit/react', 'react']);
after(() => project[Symbol.dispose]());

/** What a bundler makes of a page's script: the part that is loaded at once. */
async function bundled(code: string): Promise<string> {
  const entry = join(project.folder, 'page.js');
  writeFileSync(entry, code);
  const result = await build({
    root: project.folder,
    configFile: false,
    logLevel: 'silent',
    build: { write: false, minify: false, rolldownOptions: { input: entry } },
  });
  const outputs = Array.isArray(result) ? result : [result];
  const chunks = outputs.flatMap((one) => ('output' in one ? one.output : []));
  const [first] = chunks.filter((chunk) => chunk.type === 'chunk' && chunk.isEntry);
  return first?.type === 'chunk' ? first.code : '';
}

const registers = /customElements\.define\(/;

describe('a page’s bundler', () => {
  for (const name of ['payby-checkout', 'payby-checkout/react', 'payby-checkout/ssr']) {
    it(`keeps the registration that import '${name}' is for`, async () => {
      assert.match(await bundled(`import '${name}';`), registers);
    });
  }

  it('leaves out payby-checkout/element when nothing of it is used', async () => {
    const code = await bundled(
      `import { PaybyCheckout } from 'payby-checkout/element'; document.title = 'Shop';`,
    );
    assert.match(code, /Shop/);
    assert.doesNotMatch(code, /PaybyCheckout|LitElement|customElements/);
  });

  it('takes in the class of payby-checkout/element without registering it', async () => {
    const code = await bundled(
      `import { PaybyCheckout } from 'payby-checkout/element'; globalThis.mine = PaybyCheckout;`,
    );
    assert.match(code, /PaybyCheckout = class/);
    assert.doesNotMatch(code, registers);
  });
});

describe('CommonJS', () => {
  it('gets the package by require, which gives it modules', async () => {
    const script = `
      const { createCheckout } = require('payby-checkout/server');
      const { createSandbox } = require('payby-checkout/sandbox');
      const { PaybyCheckout } = require('payby-checkout');
      process.stdout.write([createCheckout, createSandbox, PaybyCheckout].map((given) => typeof given).join());
    `;
    const args = ['--input-type=commonjs', '--eval', script];
    const run = promisify(execFile);
    const { stdout } = await run(process.execPath, args, { cwd: project.folder, timeout: 60_000 });
    assert.equal(stdout, 'function,function,function');
  });
});
