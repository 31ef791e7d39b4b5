/** An example in a process of its own, paying at a sandbox, reached over real sockets. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createSandbox, type DeliveryReport } from '../../../src/sandbox/index.ts';

const root = join(import.meta.dirname, '../../..');

export interface Example extends AsyncDisposable {
  /** Where it listens, without a path. */
  origin: string;
  /** Everything it said on both of its outputs, once `text` is in it. */
  says(text: string): Promise<string>;
  /** Pays an order as a customer's wallet does; resolves with what came of its notification. */
  pay(tokenUrl: string): Promise<DeliveryReport>;
}

/** @param file the example, from the root of the repository */
export async function runExample(file: string): Promise<Example> {
  let origin = '';
  let delivered = (_: DeliveryReport) => {};
  const sandbox = createSandbox({
    // Notifications go to the shop's public address: here, to wherever the example listens.
    fetch: (url, init) => fetch(new URL(new URL(String(url)).pathname, origin), init),
    requestLog: (entry) => entry.kind === 'notification' && delivered(entry),
  });
  await sandbox.listen({ port: 0 });
  const child = fork(join(root, file), {
    execArgv: ['--import', join(import.meta.dirname, 'preload.ts')],
    silent: true,
    env: {
      PATH: process.env.PATH,
      PORT: '0',
      PAYBY_ENVIRONMENT: sandbox.baseUrl,
      PAYBY_PARTNER_ID: sandbox.partnerId,
      PAYBY_PRIVATE_KEY: sandbox.merchantPrivateKey,
      PAYBY_PUBLIC_KEY: sandbox.paybyPublicKey,
    },
  });
  let said = '';
  let heard = () => {};
  for (const output of [child.stdout, child.stderr]) {
    output?.on('data', (chunk) => {
      said += chunk;
      heard();
    });
  }
  const [port] = await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(() => {
      throw new Error(`${file} ended before it listened:\n${said}`);
    }),
  ]);
  origin = `http://127.0.0.1:${port}`;
  return {
    origin,
    async says(text) {
      while (!said.includes(text)) {
        await new Promise<void>((resolve) => {
          heard = resolve;
        });
      }
      return said;
    },
    async pay(tokenUrl) {
      const report = new Promise<DeliveryReport>((resolve) => {
        delivered = resolve;
      });
      const ft = new URL(tokenUrl).searchParams.get('ft') ?? '';
      const body = new URLSearchParams({ ft });
      await sandbox.fetch(new URL('/wallet/pay', tokenUrl), { method: 'POST', body });
      return report;
    },
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL');
      await sandbox.close();
    },
  };
}
