import type { Actions } from './actions.ts';
import { createControl, type SandboxControl } from './control/control.ts';
import { createControlPages } from './control/control-pages.ts';
import { EventLog } from './events/event-log.ts';
import { FaultQueue } from './faults/faults.ts';
import { type Answer, answerInProcess } from './http/connection.ts';
import { apiPath } from './http/gateway.ts';
import { type Listening, type ListenOptions, serve } from './http/listen.ts';
import { privatePem, publicPem } from './keys.ts';
import { readOptions, type SandboxOptions } from './options.ts';
import { SandboxClock } from './time/sandbox-clock.ts';
import { createWorld, type World } from './world.ts';

/** Where a sandbox is said to be before it listens. */
const defaultUrl = 'http://localhost:4010';

/** So many of the latest calls and notifications are kept to be looked at. */
const keptEvents = 200;

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
  /** Faults, acceptance cases, time and settings; over HTTP below `/control` of the same origin. */
  readonly control: SandboxControl;
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
  const { partnerId, merchant, payby } = settings;
  let server: Promise<Listening> | undefined;
  let publicUrl = settings.publicUrl ?? defaultUrl;
  let apiOrigin = new URL(publicUrl).origin;

  const clock = new SandboxClock(settings, settings.timeScale);
  const faults = new FaultQueue();
  const log = new EventLog(keptEvents);
  const whitelist = { ips: settings.allowedIps };
  const reset = () => {
    world.end();
    clock.reset();
    faults.clear();
    log.clear();
    whitelist.ips = settings.allowedIps;
    world = begin();
  };
  const control = createControl({ world: () => world, clock, faults, log, whitelist, reset });
  const merchantSettings = () => ({ partnerId, baseUrl: apiOrigin + apiPath, publicUrl });
  const pages = [
    createControlPages({ control, actions: () => world.actions, settings: merchantSettings }),
  ];
  const begin = (): World =>
    createWorld({
      settings,
      clock,
      faults,
      log,
      allowedIps: () => whitelist.ips,
      publicUrl: () => publicUrl,
      pages,
    });
  let world: World = begin();

  const answer: Answer = (request, connection) => world.answer(request, connection);
  const close = async () => {
    world.end();
    clock.reset();
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
    get actions() {
      return world.actions;
    },
    control,
    fetch: (input, init) => answerInProcess(answer, new Request(input, init)),
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
