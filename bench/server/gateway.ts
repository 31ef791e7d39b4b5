/** PayBy: the sandbox in a process of its own, with a count of what each order was asked about. */
import { createPrivateKey, type KeyObject, sign } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { serve } from '../../src/sandbox/http/listen.ts';
import { createSandbox } from '../../src/sandbox/index.ts';
import { answerWith } from './child.ts';

/** When getOrder was called, epoch ms, by order. */
const queries = new Map<string, number[]>();

function note(body: string): void {
  const { bizContent } = JSON.parse(body);
  const times = queries.get(bizContent.merchantOrderNo) ?? [];
  times.push(Date.now());
  queries.set(bizContent.merchantOrderNo, times);
}

let key: KeyObject;

async function start(paybyPrivateKey: string) {
  key = createPrivateKey(paybyPrivateKey);
  const sandbox = createSandbox({ paybyPrivateKey });
  const answer = async (request: Request): Promise<Response> => {
    const body = await request.text();
    if (request.url.endsWith('/getOrder')) note(body);
    const { url, method, headers } = request;
    return sandbox.fetch(url, { method, headers, body });
  };
  const { url } = await serve(answer, { port: 0 });
  return {
    gateway: url + new URL(sandbox.baseUrl).pathname,
    partnerId: sandbox.partnerId,
    privateKey: sandbox.merchantPrivateKey,
    paybyPublicKey: sandbox.paybyPublicKey,
  };
}

/** Does what takes a gateway most of its time, for so long, ms. */
async function keepBusy(duration: number): Promise<void> {
  const until = performance.now() + duration;
  while (performance.now() < until) {
    sign('RSA-SHA256', Buffer.from('a signature nobody wants'), key);
    await setImmediate();
  }
}

const commands = {
  start,
  keepBusy,
  /** When each of these orders was queried, epoch ms. */
  queries: (ids: string[]): number[][] => ids.map((id) => queries.get(id) ?? []),
};
export type GatewayCommands = typeof commands;
answerWith(commands);
