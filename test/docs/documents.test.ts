import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, it } from 'node:test';
import * as v from 'valibot';
import { orderSchema } from '../../src/protocol.ts';
import { runCli } from '../cli/run-cli.ts';
import { runCommand } from '../support/run-command.ts';
import { blocksOf, type Document, documents, root } from './code-blocks.ts';

const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

/** What a heading is called in a link. */
const anchorsOf = ({ text }: Document): string[] =>
  [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s-]/gu, '')
      .replace(/\s/g, '-'),
  );

/** What the compiler says of a document's TypeScript, as files beside each other; nothing when all is well. */
async function complaints(document: Document): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'payby-docs-'));
  try {
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction');
    const names = blocksOf(document, 'ts').map((block, index) => {
      const name = block.includes('export const checkout =') ? 'checkout.ts' : `block-${index}.ts`;
      const here = block.replace("'../checkout.ts'", "'./checkout.ts'");
      writeFileSync(join(folder, name), here);
      return name;
    });
    const config = join(folder, 'tsconfig.json');
    const compilerOptions = { types: ['node'], typeRoots: ['node_modules/@types'] };
    const extend = join(root, 'tsconfig.json');
    const settings = { extends: extend, compilerOptions, include: names, exclude: [] };
    writeFileSync(config, JSON.stringify(settings));
    const { ok, output } = await runCommand('tsc', ['-p', config], { capture: true });
    return ok ? '' : output;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe('the documents', () => {
  for (const document of documents) {
    const { name, text } = document;

    if (blocksOf(document, 'ts').length > 0) {
      it(`show TypeScript in ${name} that compiles`, async () => {
        assert.equal(await complaints(document), '');
      });
    }

    it(`lead from ${name} to what is there`, () => {
      const links = [...text.matchAll(/\]\(([^)]+)\)/g)].map(([, link = '']) => link);
      for (const link of links.filter((target) => !target.startsWith('https:'))) {
        const [path = '', anchor] = link.split('#');
        const target = path === '' ? name : join(dirname(name), path);
        assert.ok(existsSync(join(root, target)), link);
        const other = documents.find((candidate) => candidate.name === target);
        if (anchor !== undefined) assert.ok(other && anchorsOf(other).includes(anchor), link);
      }
    });
  }

  it('run scripts that are there', () => {
    const scripts = documents.flatMap(({ text }) =>
      [...text.matchAll(/npm run ([\w:]+)/g)].map(([, script = '']) => script),
    );
    assert.ok(scripts.length > 0);
    for (const script of scripts) assert.ok(script in manifest.scripts, script);
  });

  for (const command of ['sandbox', 'verify']) {
    it(`call npx payby-checkout ${command} with options that it has`, async () => {
      const { out } = await runCli(command, '--help');
      const calls = documents
        .flatMap((document) => [...blocksOf(document, 'sh'), ...inlineCode(document)])
        .flatMap((code) => code.replaceAll('\\\n', ' ').split('\n'))
        .filter((line) => line.startsWith(`npx payby-checkout ${command}`));
      const options = calls.flatMap((call) => call.match(/--[\w-]+/g) ?? []);
      assert.ok(options.length > 0);
      for (const option of options) assert.ok(out.includes(`${option} `), option);
    });
  }
});

const inlineCode = ({ text }: Document): string[] =>
  [...text.matchAll(/`(npx [^`]+)`/g)].map(([, code = '']) => code);

describe('README.md', () => {
  it('shows an order that keeps the contract', () => {
    const [readme] = documents;
    const [block = ''] = readme ? blocksOf(readme, 'jsonc') : [];
    const order = JSON.parse(block.replace(/ \/\/ .*$/gm, ''));
    v.parse(v.strictObject(orderSchema.entries), order);
    assert.equal(order.status, 'pending');
  });
});
