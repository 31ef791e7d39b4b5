/** The sandbox as the gateway of a test that asks it afterwards what really happened. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { createSandbox, type Sandbox, type SandboxOptions } from '../../src/sandbox/index.ts';
import {
  type Clock,
  PaybyClient,
  type PaybyOrder,
  type PaybyRefund,
  saysNoSuchOrder,
} from '../../src/server/index.ts';
import { scheduleOf } from './scaled-clock.ts';

export interface Gateway {
  readonly sandbox: Sandbox;
  /** The numbers of all orders it was asked to place. */
  readonly orders: ReadonlySet<string>;
  /** The numbers of all refunds it was asked to place, and their orders'. */
  readonly refunds: ReadonlyMap<string, string>;
  /** Answers the shop's requests. */
  fetch(request: Request): Promise<Response>;
  /** Serves it to other processes. @returns the base URL */
  listen(): Promise<string>;
  /** How an order stands; undefined when it never came here. */
  orderOf(merchantOrderNo: string): Promise<PaybyOrder | undefined>;
  refundOf(refundMerchantOrderNo: string): Promise<PaybyRefund>;
  close(): Promise<void>;
}

export interface GatewayOptions
  extends Pick<
    SandboxOptions,
    'timeScale' | 'settleAfter' | 'refundsPend' | 'merchantPrivateKey' | 'paybyPrivateKey'
  > {
  clock: Clock;
  /** The way of a notification to the shop. */
  deliver: typeof fetch;
}

export function createGateway({ clock, deliver, ...options }: GatewayOptions): Gateway {
  const orders = new Set<string>();
  const refunds = new Map<string, string>();
  const sandbox = createSandbox({
    ...options,
    fetch: deliver,
    now: clock.now,
    schedule: scheduleOf(clock),
  });
  const server = createServer(getRequestListener(answer, { overrideGlobalObjects: false }));

  /** The truth, by the front door: signed, and past every fault on the shop's way. */
  const client = new PaybyClient({
    environment: sandbox.baseUrl,
    partnerId: sandbox.partnerId,
    privateKey: sandbox.merchantPrivateKey,
    paybyPublicKey: sandbox.paybyPublicKey,
    fetch: (input, init) => sandbox.fetch(input, init),
    clock,
  });

  async function answer(request: Request): Promise<Response> {
    const body = await request.text();
    const { pathname } = new URL(request.url);
    if (pathname.endsWith('/placeOrder')) note(JSON.parse(body).bizContent);
    return sandbox.fetch(
      new Request(request.url, { method: 'POST', headers: request.headers, body }),
    );
  }

  function note(bizContent: Record<string, unknown>): void {
    const { merchantOrderNo, refundMerchantOrderNo, originMerchantOrderNo } = bizContent;
    if (refundMerchantOrderNo === undefined) orders.add(String(merchantOrderNo));
    else refunds.set(String(refundMerchantOrderNo), String(originMerchantOrderNo));
  }

  return {
    sandbox,
    orders,
    refunds,
    fetch: answer,
    async listen() {
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
      const address = server.address();
      if (typeof address !== 'object' || address === null) throw new Error('no address');
      return `http://127.0.0.1:${address.port}${new URL(sandbox.baseUrl).pathname}`;
    },
    async orderOf(merchantOrderNo) {
      try {
        return await client.getOrder({ merchantOrderNo });
      } catch (cause) {
        if (saysNoSuchOrder(cause)) return undefined;
        throw cause;
      }
    },
    async refundOf(refundMerchantOrderNo) {
      return (await client.getRefund({ refundMerchantOrderNo })).refund;
    },
    async close() {
      await sandbox.close();
      server.closeAllConnections();
      server.close();
    },
  };
}
