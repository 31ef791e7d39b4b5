import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { importPrivateKey, importPublicKey, sign, verify } from '../../src/server/index.ts';
import { makeKeys } from '../support/keys.ts';
import { type Language, languages } from './languages.ts';

const keys = makeKeys();
const folder = mkdtempSync(join(tmpdir(), 'payby-signature-'));
const privateFile = join(folder, 'private.pem');
const publicFile = join(folder, 'public.pem');
writeFileSync(privateFile, keys.privatePem);
writeFileSync(publicFile, keys.publicPem);
after(() => rmSync(folder, { recursive: true }));

const encode = (text: string) => new TextEncoder().encode(text);

/** The number as PayBy writes it, and letters of more than one byte. */
const body = encode(
  '{"acquireOrder":{"totalAmount":{"amount":200.00,"currency":"AED"},"subjectAr":"قهوة ☕"}}',
);
const rewritten = encode(new TextDecoder().decode(body).replace('200.00', '200'));

const built = new Set<Language>();

function run(language: Language, args: string[], input: Uint8Array): string {
  if (language.build && !built.has(language)) call(language.build(folder));
  built.add(language);
  return call([...language.command(folder), ...args], input);
}

function call([program = '', ...args]: string[], input?: Uint8Array): string {
  const env = { ...process.env, GOCACHE: join(folder, 'go'), GO111MODULE: 'off' };
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    input,
    env,
    encoding: 'utf8',
    timeout: 120_000,
  });
  assert.equal(status, 0, error?.message ?? stderr);
  return stdout.trim();
}

const isHere = ({ probe: [program = '', ...args] }: Language): boolean =>
  spawnSync(program, args, { timeout: 30_000 }).status === 0;

const here = languages.filter(isHere);
const missing = languages.filter((language) => !here.includes(language));
const namesOf = (list: Language[]) => list.map(({ name }) => name).join(', ');

describe('the signature', () => {
  for (const language of here) {
    it(`in ${language.name} is the kit’s, byte for byte`, async () => {
      const kits = await sign(body, await importPrivateKey(keys.privatePem));
      const theirs = run(language, ['sign', privateFile], body);
      assert.equal(theirs, kits);
      assert.ok(await verify(body, theirs, await importPublicKey(keys.publicPem)));
    });

    it(`in ${language.name} is told from another one, and from none`, async () => {
      const kits = await sign(body, await importPrivateKey(keys.privatePem));
      const says = (signature: string, bytes: Uint8Array) =>
        run(language, ['verify', publicFile, signature], bytes);
      assert.equal(says(kits, body), 'valid');
      assert.equal(says(kits, rewritten), 'invalid');
      assert.equal(
        says(
          kits.replace(/^./, (letter) => (letter === 'A' ? 'B' : 'A')),
          body,
        ),
        'invalid',
      );
      assert.equal(says('no signature', body), 'invalid');
    });
  }

  const untried = missing.map(({ name, needs }) => `${name} is not: no ${needs} on this machine`);
  it(`was tried in ${[namesOf(here) || 'no language', ...untried].join('; ')}`, () => {
    assert.notEqual(here.length, 0, 'install at least one of the languages');
  });
});

describe('docs/backend.md', () => {
  const text = readFileSync(new URL('../../docs/backend.md', import.meta.url), 'utf8');

  for (const { name, file, fence } of languages) {
    it(`shows the lines of docs/signature/${file}`, () => {
      const source = readFileSync(new URL(`../../docs/signature/${file}`, import.meta.url), 'utf8');
      const [shown = ''] = source.split(/^\s*(?:\/\/|#) To try it: /m);
      assert.ok(
        text.includes(`\`\`\`${fence}\n${shown.trim()}\n`),
        `the ${name} of docs/backend.md is not that of the file`,
      );
    });
  }
});
