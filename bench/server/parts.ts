/** The processes of one measurement, and the keys they share. */
import { generateKeyPairSync } from 'node:crypto';
import { type Child, startChild } from './child.ts';
import type { ClientCommands } from './clients.ts';
import type { GatewayCommands } from './gateway.ts';
import type { KitCommands, KitOptions } from './kit.ts';

export type Kit = Child<KitCommands>;
export type Clients = Child<ClientCommands>;

/** PayBy's private key in here: it signs the gateway's answers, and the notifications of the bench. */
export const paybyPrivateKey = String(
  generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({
    type: 'pkcs8',
    format: 'pem',
  }),
);

export interface Gateway extends AsyncDisposable {
  child: Child<GatewayCommands>;
  /** What a client of it needs. */
  access: Pick<KitOptions, 'gateway' | 'partnerId' | 'privateKey' | 'paybyPublicKey'>;
}

export async function startGateway(): Promise<Gateway> {
  const child = startChild<GatewayCommands>('gateway.ts');
  const access = await child.ask('start', paybyPrivateKey);
  return { child, access, [Symbol.asyncDispose]: () => child[Symbol.asyncDispose]() };
}

export const startKit = (): Kit => startChild<KitCommands>('kit.ts', ['--expose-gc']);

export const startClients = (): Clients => startChild<ClientCommands>('clients.ts');

/** The value below which a share of `values` lies: the nearest rank. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}
