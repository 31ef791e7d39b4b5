/** Where the demo pays: the sandbox started beside it, or PayBy itself. */
import { readFile } from 'node:fs/promises';
import { createSandbox } from 'payby-checkout/sandbox';
import { PaybyClient } from 'payby-checkout/server';
import type { Gateway } from './config.ts';
import type { Wallet } from './phone-wallet.ts';

export interface OpenGateway {
  payby: PaybyClient;
  /** Said at the start, so that people know where their orders go. */
  description: string;
  /** The sandbox's page of orders, faults, time and acceptance cases. */
  control?: string;
  /** Where a scan of a code leads; PayBy's own gateway needs a real phone. */
  wallet?: Wallet;
  close(): Promise<void>;
}

/** Opens the gateway; rejects when the sandbox's port is taken or a key file cannot be read. */
export async function openGateway(gateway: Gateway): Promise<OpenGateway> {
  if (gateway.kind === 'payby') {
    const { environment, partnerId } = gateway;
    const payby = new PaybyClient({
      environment,
      partnerId,
      privateKey: await readKey('PAYBY_PRIVATE_KEY_FILE', gateway.privateKeyFile),
      paybyPublicKey: await readKey('PAYBY_PUBLIC_KEY_FILE', gateway.publicKeyFile),
    });
    return { payby, description: `PayBy ${environment}`, close: async () => {} };
  }
  const sandbox = createSandbox();
  const { port } = gateway;
  const { url } = await sandbox.listen({ port }).catch((cause: unknown) => {
    throw new Error(`The sandbox cannot listen on port ${port}; set SANDBOX_PORT.`, { cause });
  });
  const payby = new PaybyClient({
    environment: sandbox.baseUrl,
    partnerId: sandbox.partnerId,
    privateKey: sandbox.merchantPrivateKey,
    paybyPublicKey: sandbox.paybyPublicKey,
  });
  const shown = url.replace('127.0.0.1', 'localhost');
  return {
    payby,
    description: `sandbox gateway ${shown}`,
    control: `${shown}/control`,
    wallet: { origin: shown, fetch: sandbox.fetch },
    close: () => sandbox.close(),
  };
}

async function readKey(variable: string, file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw new Error(`${variable} "${file}" cannot be read; name a key file.`, { cause });
  }
}
