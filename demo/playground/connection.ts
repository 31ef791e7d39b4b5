/** This tab's connection, as far as the page can break it: offline, and streams that are dropped. */

/** A connection that can be broken, in front of the browser's own. */
export interface Connection {
  /** While it is off, nothing can be reached, and the browser says so as it does without a network. */
  setOffline(isOffline: boolean): void;
  /** Drops the event streams that are open. */
  dropStreams(): void;
}

/** Takes the place of `fetch` for every script of the page. */
export function breakableConnection(): Connection {
  const fetchForReal = globalThis.fetch;
  let isOffline = false;
  let everything = new AbortController();
  let streams = new AbortController();

  globalThis.fetch = async (input, init) => {
    if (isOffline) throw lost();
    const request = new Request(input, init);
    const isStream = request.headers.get('accept') === 'text/event-stream';
    const signals = [request.signal, everything.signal, ...(isStream ? [streams.signal] : [])];
    return fetchForReal(request, { signal: AbortSignal.any(signals) });
  };
  Object.defineProperty(navigator, 'onLine', { configurable: true, get: () => !isOffline });

  return {
    setOffline(next) {
      if (next === isOffline) return;
      isOffline = next;
      if (isOffline) {
        everything.abort(lost());
        everything = new AbortController();
      }
      dispatchEvent(new Event(isOffline ? 'offline' : 'online'));
    },
    dropStreams() {
      streams.abort(lost());
      streams = new AbortController();
    },
  };
}

/** What `fetch` says when there is no way to the server. */
const lost = () => new TypeError('Failed to fetch');
