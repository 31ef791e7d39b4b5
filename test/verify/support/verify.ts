/** The checker over a backend that is a function, without a socket. */
import { type Finding, type VerifyOptions, verifyBackend } from '../../../src/verify/index.ts';
import { endpoint, type Handler, notify, sandbox } from './good-backend.ts';

/** How long a test lets a backend be silent, ms. */
const timeout = 1_000;

/** `fetch` that asks `backend`, and gives up when the signal says so, whatever the backend does. */
export const fetchFrom =
  (backend: Handler): typeof fetch =>
  (input, init) =>
    new Promise((resolve, reject) => {
      const request = new Request(input, init);
      init?.signal?.addEventListener('abort', () => reject(init.signal?.reason));
      backend(request).then(resolve, reject);
    });

/** Every finding about a backend that is paid at the wallet and notified falsely. */
export async function findingsOf(
  backend: Handler,
  options: Partial<VerifyOptions> = {},
): Promise<Finding[]> {
  const { findings } = await verifyBackend({
    endpoint,
    notify,
    sandbox,
    timeout,
    fetch: fetchFrom(backend),
    ...options,
  });
  return findings;
}

/** The points that failed or came with a warning, and why, for a test that expects none. */
export const complaints = (findings: readonly Finding[]): string[] =>
  findings.flatMap(({ point, verdict, came }) =>
    verdict === 'fail' || verdict === 'warn' ? [`${verdict} ${point}: ${came}`] : [],
  );
