/** The quick starts, done as they say: their files, their commands, until the order is paid. */
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { freePort } from '../support/free-port.ts';
import { allBlocks, type Block, commandsIn, documentOf, root } from './code-blocks.ts';

/** The Node of this test before the machine's own. */
const env = {
  ...process.env,
  PATH: `${dirname(process.execPath)}${delimiter}${process.env.PATH}`,
};

interface Started {
  /** Waits until what it has said fits. */
  said(words: RegExp): Promise<string>;
}

/** A folder as the quick start makes it, with its files, and the package in it. */
class Follower {
  readonly folder = mkdtempSync(join(tmpdir(), 'payby-quick-start-'));
  readonly blocks: Block[];
  readonly #ports: ReadonlyMap<string, string>;
  readonly #children: ChildProcess[] = [];

  constructor(t: TestContext, name: string, ports: ReadonlyMap<string, string>) {
    this.blocks = allBlocks(documentOf(name));
    this.#ports = ports;
    const modules = join(this.folder, 'node_modules');
    mkdirSync(modules);
    symlinkSync(root, join(modules, 'payby-checkout'), 'junction');
    writeFileSync(join(this.folder, 'package.json'), '{ "type": "module" }\n');
    for (const { file, code } of this.blocks) {
      if (file) writeFileSync(join(this.folder, file), this.#here(code));
    }
    t.after(async () => {
      for (const child of this.#children) {
        const gone = once(child, 'exit');
        if (child.exitCode === null && child.kill('SIGKILL')) await gone;
      }
      rmSync(this.folder, { recursive: true });
    });
  }

  /** With ports that are free in place of those of the document. */
  #here(code: string): string {
    return [...this.#ports].reduce((text, [shown, free]) => text.replaceAll(shown, free), code);
  }

  /** The commands of the shell block that has `words`, from that line on. */
  commands(words: string): string {
    const block = this.blocks.find(
      ({ language, code }) => language === 'sh' && code.includes(words),
    );
    assert.ok(block, words);
    const commands = commandsIn(block.code);
    const npm = /^(mkdir|npm (init|install|pkg))/;
    const cli = `node ${join(root, 'dist/cli/main.js')}`;
    return this.#here(
      commands
        .filter((command) => !npm.test(command))
        .join('\n')
        .replaceAll('npx payby-checkout sandbox', `exec ${cli} sandbox --port ${this.port('4010')}`)
        .replaceAll('npx payby-checkout', cli)
        .replace(/^node (server\.[jt]s)$/m, 'exec node $1'),
    );
  }

  port(shown: string): string {
    return this.#ports.get(shown) ?? shown;
  }

  start(words: string): Started {
    const child = spawn('sh', ['-c', this.commands(words)], {
      cwd: this.folder,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#children.push(child);
    let text = '';
    const hear = (chunk: Buffer) => {
      text += chunk.toString();
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    const said = (wanted: RegExp) =>
      new Promise<string>((resolve, reject) => {
        const look = () => {
          const found = wanted.exec(text);
          if (found) resolve(found[1] ?? found[0]);
        };
        child.stdout.on('data', look);
        child.once('exit', (code) => reject(new Error(`It ended with ${code}: ${text}`)));
        look();
      });
    return { said };
  }

  /** Runs the commands of a block to their end, and answers what they printed. */
  async run(words: string, change = (script: string) => script): Promise<string> {
    const child = spawn('sh', ['-c', change(this.commands(words))], {
      cwd: this.folder,
      env,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let text = '';
    child.stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString();
    });
    const [code] = await once(child, 'close');
    assert.equal(code, 0, text);
    return text;
  }
}

const newPorts = async () =>
  new Map([
    ['3000', String(await freePort())],
    ['4010', String(await freePort())],
  ]);

const pay = (port: string, id: string) =>
  fetch(`http://localhost:${port}/control/orders/${id}/pay`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
  });

describe('docs/quick-start-script-tag.md', () => {
  it('ends with a page, and an order that is paid', async (t) => {
    const shop = new Follower(t, 'docs/quick-start-script-tag.md', await newPorts());
    cpSync(join(root, 'dist/cdn'), join(shop.folder, 'checkout'), { recursive: true });
    await shop.start('payby-checkout sandbox').said(/Ctrl\+C/);
    const server = shop.start('node server.js');
    const url = await server.said(/http:\S+/);
    const page = await (await fetch(url)).text();
    const sources = [...page.matchAll(/src="([^"]+)"/g)].map(([, source = '']) => source);
    assert.equal(sources.length, 2);
    for (const source of sources) {
      const { status, headers } = await fetch(new URL(source, url));
      assert.deepEqual([status, headers.get('content-type')], [200, 'text/javascript'], source);
    }
    assert.equal((await fetch(new URL('/server.js', url))).status, 404);
    const [, endpoint = ''] = /endpoint="([^"]+)"/.exec(page) ?? [];
    const created = await fetch(new URL(endpoint, url), {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': 'quick' },
      body: JSON.stringify({ paySceneCode: 'DYNQR', reference: 'cart-42' }),
    });
    const { id, tokenUrl } = await created.json();
    assert.equal(new URL(tokenUrl).hostname, 'localhost');
    assert.ok((await pay(shop.port('4010'), id)).ok);
    await server.said(/paid: cart-42 12\.34/);
  });
});

describe('docs/quick-start-backend.md', () => {
  it('ends with an order that is paid, refunded, and a backend that is checked', async (t) => {
    const shop = new Follower(t, 'docs/quick-start-backend.md', await newPorts());
    await shop.start('payby-checkout sandbox').said(/Ctrl\+C/);
    const server = shop.start('node server.ts');
    await server.said(/http:\S+/);
    const { id, status } = JSON.parse(await shop.run('Idempotency-Key: my-first-order'));
    assert.equal(status, 'pending');
    assert.ok((await pay(shop.port('4010'), id)).ok);
    await server.said(/paid: cart-42 12\.34/);
    assert.equal(JSON.parse(await shop.run('Idempotency-Key: my-first-order')).status, 'paid');
    const refunded = await shop.run('/admin/refund/', (script) =>
      script.replace('ID-OF-THE-ORDER', id),
    );
    assert.equal(refunded, 'succeeded\n');
    await server.said(/refunded: 5\.00/);
    const report = await shop.run('payby-checkout verify');
    assert.match(report, /, 0 failed/);
  });
});

describe('docs/going-live.md', () => {
  it('arms an acceptance case of the sandbox, and asks for its verdict', async (t) => {
    const shop = new Follower(t, 'docs/going-live.md', await newPorts());
    await shop.start('payby-checkout sandbox --allow-ip').said(/Ctrl\+C/);
    const [armed = '', verdict = ''] = (await shop.run('/control/cases/007')).split(
      /(?<=\})(?=\{)/,
    );
    for (const answer of [armed, verdict]) {
      const { id, outcome } = JSON.parse(answer);
      assert.deepEqual([id, outcome], ['007', 'armed']);
    }
  });
});
