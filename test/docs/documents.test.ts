import assert from 'node:assert/strict';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, it } from 'node:test';
import * as v from 'valibot';
import { orderSchema } from '../../src/protocol.ts';
import { analyze } from '../../tools/describe/analyze.ts';
import { typings } from '../../tools/describe/typings.ts';
import { runCli } from '../cli/run-cli.ts';
import { runCommand } from '../support/run-command.ts';
import { allBlocks, blocksOf, type Document, documents, root } from './code-blocks.ts';

const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

/** What a heading is called in a link. */
const anchorsOf = ({ text }: Document): string[] =>
  [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s-]/gu, '')
      .replace(/\s/g, '-'),
  );

const typed = /^tsx?$/;
/** Solid has a JSX of its own and is installed for the examples: the tests of frameworks compile it. */
const isForSolid = /'payby-checkout\/types\/solid'/;
const folderOf = ({ name }: Document) => name.replace(/\W/g, '-');

/** What the compiler says of all their TypeScript, by document; its files lie beside each other. */
async function compileAll(): Promise<(document: Document) => string> {
  const folder = mkdtempSync(join(tmpdir(), 'payby-docs-'));
  try {
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction');
    for (const document of documents) writeBlocks(document, join(folder, folderOf(document)));
    mkdirSync(join(folder, '.types')); // beside what is compiled, not among it
    for (const [name, text] of Object.entries(typings(analyze()))) {
      const here = text.replace(/'\.\.\/([\w/-]+)\.js'/g, `'${root}/src/$1.ts'`);
      writeFileSync(join(folder, `.types/${name}.d.ts`), here);
    }
    const config = join(folder, 'tsconfig.json');
    const compilerOptions = {
      types: ['node'],
      typeRoots: ['node_modules/@types'],
      jsx: 'react-jsx',
      paths: { ...pathsOfSources(), 'payby-checkout/types/*': [join(folder, '.types/*.d.ts')] },
    };
    const extend = join(root, 'tsconfig.json');
    const settings = { extends: extend, compilerOptions, include: ['*/*'], exclude: [] };
    writeFileSync(config, JSON.stringify(settings));
    const { ok, output } = await runCommand('tsc', ['-p', config, '--pretty', 'false'], {
      capture: true,
    });
    const complaints = output.split(/\n(?=\S)/).filter(Boolean);
    const known = documents.flatMap((document) => complaintsOf(document, complaints));
    assert.ok(ok || known.length > 0, output);
    return (document) => complaintsOf(document, complaints).join('\n');
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Where the project's own settings find the package, from anywhere. */
function pathsOfSources(): Record<string, string[]> {
  const { paths } = JSON.parse(readFileSync(join(root, 'tsconfig.json'), 'utf8')).compilerOptions;
  const entries = Object.entries<string[]>(paths);
  return Object.fromEntries(
    entries.map(([name, files]) => [name, files.map((file) => join(root, file))]),
  );
}

const complaintsOf = (document: Document, complaints: readonly string[]): string[] =>
  complaints.filter((line) => line.includes(`${folderOf(document)}/`));

function writeBlocks(document: Document, folder: string): void {
  mkdirSync(folder);
  for (const [index, { language, code, file }] of allBlocks(document).entries()) {
    if (!typed.test(language) || isForSolid.test(code)) continue;
    const name = file?.endsWith(`.${language}`) ? file : `block-${index}.${language}`;
    const here = code.replace("'../checkout.ts'", "'./checkout.ts'");
    writeFileSync(join(folder, name), here);
  }
}

const compiled = compileAll();

describe('the documents', () => {
  for (const document of documents) {
    const { name, text } = document;

    if (allBlocks(document).some(({ language }) => typed.test(language))) {
      it(`show TypeScript in ${name} that compiles`, async () => {
        const complaints = await compiled;
        assert.equal(complaints(document), '');
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
