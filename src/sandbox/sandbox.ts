import { type Actions, createActions } from './actions.ts';
import { createAnnouncer } from './announcer.ts';
import { apiPath, createGateway } from './gateway.ts';
import { privatePem, publicPem, signBytes } from './keys.ts';
import { type Listening, type ListenOptions, serve } from './listen.ts';
import { Notifier } from './notifier.ts';
import { createOperations } from './operations.ts';
import { readOptions, type SandboxOptions } from './options.ts';
import { OrderBook } from './orders/order-book.ts';
import { RefundBook } from './refunds/refund-book.ts';
import { createWallet, walletUrl } from './wallet/wallet.ts';

/** Where a sandbox is said to be before it listens. */
const defaultUrl = 'http://localhost:4010';

export interface Sandbox {
  readonly partnerId: string;
  /** The keys as PEM: the first three are what a merchant gets from PayBy's portal. */
  readonly merchantPrivateKey: string;
  readonly merchantPublicKey: string;
  readonly paybyPublicKey: string;
  /** The API's base URL; on the address it listens on, or the public one before that. */
  readonly baseUrl: string;
  /** Payers and time at work: scans, payments, settlement, the end of pending refunds. */
  readonly actions: Actions;
  /** Answers a request without a socket; takes what the global `fetch` takes. */
  fetch(input: Request | URL | string, init?: RequestInit): Promise<Response>;
  /** Serves on a port (0: any free one). Rejects when that is taken, or when called twice. */
  listen(options: ListenOptions): Promise<Listening>;
  /** Ends all notifications, also those waiting for a retry, and stops listening. */
  close(): Promise<void>;
}

/**
 * A test double of PayBy's public acquiring protocol, for one merchant, in memory. No money moves.
 *
 * @throws TypeError when an option cannot be used
 */
export function createSandbox(options: SandboxOptions = {}): Sandbox {
  const settings = readOptions(options);
  const { partnerId, merchant, payby, now, report } = settings;
  let server: Promise<Listening> | undefined;
  let publicUrl = settings.publicUrl ?? defaultUrl;
  let apiOrigin = new URL(publicUrl).origin;

  const book = new OrderBook(settings);
  const refunds = new RefundBook();
  const sign = (body: Uint8Array) => signBytes(body, payby.privateKey);
  const notifier = new Notifier({ ...settings, sign });
  const { onFinished, onRefunded } = createAnnouncer({
    book,
    partnerId,
    send: (url, content) => notifier.send(url, content),
  });
  const actions = createActions({ book, refunds, now, onFinished, onRefunded });
  const gateway = createGateway({
    partnerId,
    merchantPublicKey: merchant.publicKey,
    operations: createOperations({
      ...settings,
      book,
      refunds,
      onRefunded,
      refundDelay: () => settings.refundDelay,
      tokenUrl: (token) => walletUrl(publicUrl, token),
    }),
    wallet: createWallet({ book, partnerId, now, actions }),
    sign,
    now,
    report,
  });
  const answer = async (request: Request) => gateway.fetch(request);
  const close = async () => {
    notifier.close();
    await (await server)?.close();
  };

  return {
    partnerId,
    merchantPrivateKey: privatePem(merchant.privateKey),
    merchantPublicKey: publicPem(merchant.publicKey),
    paybyPublicKey: publicPem(payby.publicKey),
    get baseUrl() {
      return apiOrigin + apiPath;
    },
    actions,
    fetch: (input, init) => answer(new Request(input, init)),
    async listen(where) {
      if (server) throw new Error('The sandbox listens already; create another one.');
      const serving = serve(answer, where);
      server = serving;
      try {
        const served = await serving;
        apiOrigin = served.url;
        publicUrl = settings.publicUrl ?? served.publicUrl;
        return { url: served.url, close };
      } catch (cause) {
        server = undefined;
        throw cause;
      }
    },
    close,
  };
}
