/** The line a request came in on, as far as faults and the IP whitelist need it. */
export interface Connection {
  /** The caller's IP address. */
  address: string;
  /** Cuts it: the caller gets no answer. */
  reset(): void;
}

/** Answers one request that came in on a connection. */
export type Answer = (request: Request, connection: Connection) => Promise<Response>;

/**
 * Answers a request without a socket. Rejects where a real `fetch` would: when the request is
 * aborted, and when its connection is cut.
 */
export const answerInProcess = (answer: Answer, request: Request): Promise<Response> =>
  new Promise((resolve, reject) => {
    const { signal } = request;
    const give = () => reject(signal.reason);
    if (signal.aborted) return give();
    signal.addEventListener('abort', give);
    const reset = () => reject(new TypeError('fetch failed', { cause: 'connection reset' }));
    answer(request, { address: '127.0.0.1', reset })
      .then(resolve, reject)
      .finally(() => signal.removeEventListener('abort', give));
  });
