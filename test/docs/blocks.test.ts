/** Every code block of the documents is run, compiled or parsed: none stands there unheld. */
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { transform } from 'lightningcss';
import { runCommand } from '../support/run-command.ts';
import {
  allBlocks,
  commandsIn,
  type Document,
  documentOf,
  documents,
  root,
} from './code-blocks.ts';
import { languages } from './languages.ts';
import { element, faultsOf, faultsOfStyle, faultsOfTemplate, namesOf } from './markup.ts';

const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

/** What a shell block may call. Scripts and options are held by documents.test.ts. */
const programs = ['cd', 'cp', 'curl', 'export', 'mkdir', 'node', 'npm', 'npx', 'openssl', 'umask'];

/** The lines that each file of docs/signature shares with the document. */
const signatures = languages.map(({ file }) => {
  const source = readFileSync(join(root, 'docs/signature', file), 'utf8');
  return source.split(/^\s*(?:\/\/|#) To try it: /m)[0]?.trim() ?? '';
});

type Check = (code: string) => void | Promise<void>;

/** Run by signature.test.ts in its own language, from the file that has the same lines. */
const isOfSignature: Check = (code) => {
  assert.ok(
    signatures.some((lines) => code.includes(lines)),
    'is no part of docs/signature',
  );
};

/** Built whole by the tests of frameworks; here by the names that it uses. */
const isTemplate: Check = (code) => assert.deepEqual(faultsOfTemplate(code), []);

/** By language; what is compiled, by documents.test.ts. */
const checks: Readonly<Record<string, Check>> = {
  html: (code) => assert.deepEqual(faultsOf(code), []),
  css(code) {
    transform({ filename: 'block.css', code: Buffer.from(code), errorRecovery: false });
    assert.deepEqual(faultsOfStyle(code), []);
  },
  js: (code) => parses('block.mjs', code, 'node', '--check'),
  json: (code) => void JSON.parse(code),
  jsonc: (code) => void JSON.parse(code.replace(/ \/\/ .*$/gm, '')),
  async sh(code) {
    await parses('block.sh', code, 'bash', '-n');
    for (const command of commandsIn(code)) {
      const words = command.split(/\s*(?:&&|\||;)\s*/).map((part) => part.split(/\s/)[0] ?? '');
      for (const word of words) {
        assert.ok(programs.includes(word) || /^\w+=/.test(word), `calls ${word}`);
      }
    }
  },
  http(code) {
    const [head = '', body] = code.trim().split('\n\n');
    const [first = '', ...headers] = head.split('\n');
    const isRequest = /^(GET|POST) \S+$/.test(first);
    for (const line of isRequest ? headers : [first, ...headers]) {
      assert.match(line, /^[\w-]+: \S/);
    }
    if (body !== undefined) JSON.parse(body);
  },
  php: isOfSignature,
  python: isOfSignature,
  java: isOfSignature,
  csharp: isOfSignature,
  go: isOfSignature,
  astro: isTemplate,
  jsx: isTemplate,
  svelte: isTemplate,
  typescript: isTemplate,
  vue: isTemplate,
  text: () => {},
  ts: () => {},
  tsx: isTemplate,
};

/** Succeeds when a program takes the code in a file. */
async function parses(name: string, code: string, ...[program = '', ...args]: string[]) {
  const folder = mkdtempSync(join(tmpdir(), 'payby-block-'));
  try {
    writeFileSync(join(folder, name), code);
    const { ok, output } = await runCommand(program, [...args, join(folder, name)], {
      capture: true,
    });
    assert.ok(ok, output);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const shown = (code: string) => code.trim().split('\n')[0]?.slice(0, 60);

describe('the code blocks', () => {
  for (const document of documents) {
    it(`of ${document.name} hold`, async () => {
      for (const { language, code } of allBlocks(document)) {
        const check = checks[language];
        assert.ok(check, `"${language}" is a language that no test knows: ${shown(code)}`);
        try {
          await check(code);
        } catch (cause) {
          throw new Error(`${language}, ${shown(code)}: ${String(cause)}`, { cause });
        }
      }
    });
  }

  it('are all found: no fence is left over', () => {
    for (const { name, text } of documents) {
      const fences = text.match(/^\s*```/gm)?.length ?? 0;
      assert.equal(fences, 2 * allBlocks({ name, text }).length, name);
    }
  });

  it('make the keys they promise, where openssl is asked', async () => {
    const document = documentOf('docs/going-live.md');
    const commands = allBlocks(document)
      .filter(({ language, code }) => language === 'sh' && /^(umask|openssl)/.test(code))
      .flatMap(({ code }) => commandsIn(code));
    assert.ok(commands.length >= 6, String(commands.length));
    const folder = mkdtempSync(join(tmpdir(), 'payby-keys-'));
    try {
      const old = 'openssl genrsa -traditional -out old-key.pem 2048';
      const script = ['set -e', old, ...commands, 'cp private-key.pem converted.pem'];
      writeFileSync(join(folder, 'keys.sh'), script.join('\n'));
      const { ok, output } = await runCommand('bash', ['-c', `cd ${folder} && sh keys.sh`], {
        capture: true,
      });
      assert.ok(ok, output);
      const read = (file: string) => readFileSync(join(folder, file), 'utf8');
      assert.match(read('private-key.pem'), /^-----BEGIN PRIVATE KEY-----/);
      assert.match(read('public-key.pem'), /^-----BEGIN PUBLIC KEY-----/);
      assert.match(output, /\bMIIB[\w+/=]{300,}/);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe('what the documents name', () => {
  const inline = ({ text }: Document) =>
    [...text.replace(/^```[\s\S]*?^```/gm, '').matchAll(/`([^`\n]+)`/g)].map(
      ([, code = '']) => code,
    );
  const used = (pattern: RegExp) =>
    new Set(
      documents.flatMap(inline).flatMap((code) => [...code.matchAll(pattern)].map(([it]) => it)),
    );

  it('are events and custom properties that the element has', () => {
    const events = namesOf(element.events);
    const properties = namesOf(element.cssProperties);
    for (const name of used(
      /^payby-(?!checkout|keys|timeout|network|gateway|unreadable|signature|aborted|unavailable|rejected|verify|docs)[a-z]+$/g,
    )) {
      assert.ok(events.includes(name), name);
    }
    for (const name of used(/--payby-[\w-]+/g)) assert.ok(properties.includes(name), name);
  });

  it('are subpaths that the package has', () => {
    for (const name of used(/^payby-checkout\/[\w/.-]+$/g)) {
      const path = name.replace('payby-checkout', '.');
      const isExported = path in manifest.exports;
      assert.ok(isExported || existsSync(join(root, path)), name);
    }
  });

  it('is everything in the folder of examples', () => {
    const listed = documentOf('docs/frameworks.md').text;
    for (const file of readdirSync(join(root, 'docs/frameworks'))) {
      const name = file.replace(/\.ts$/, '').replace('-', ' ');
      assert.match(listed.toLowerCase(), new RegExp(name.replace('node http', 'node')), file);
    }
  });
});
