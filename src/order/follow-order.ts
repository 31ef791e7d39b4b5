import { type Answer, type Backend, callBackend, requestTimeout } from './backend.ts';
import { CheckoutError } from './checkout-error.ts';
import { delay } from './clock.ts';
import { reconnectDelay, snapshotTimeout, steadyStream } from './delays.ts';
import { ExpiryWatch } from './expiry-watch.ts';
import type { OrderUrls } from './order-urls.ts';
import { PollFeed } from './poll-feed.ts';
import { readEvents } from './sse-feed.ts';

/** The backend answered, if not what was to be expected: the connection is not to blame. */
const isOdd = ({ code }: CheckoutError) => code === 'order-invalid' || code === 'status-unknown';

/** How the page hears of its order: pushed, asked for, neither for the moment, or no network. */
export type Health = 'live' | 'polling' | 'reconnecting' | 'offline';

export interface FollowOptions {
  backend: Backend;
  urls: OrderUrls;
  updates: 'auto' | 'sse' | 'poll';
  random(): number;
  isOnline(): boolean;
  signal: AbortSignal;
  /** Rejects with a CheckoutError for an answer that says nothing of the order. */
  onAnswer(answer: Answer): Promise<void>;
  onHealth(health: Health): void;
  /** A failure that was survived; following goes on. */
  onProblem(error: CheckoutError): void;
  /** Time left, ms; undefined for an order without an end. */
  remaining(): number | undefined;
  /** Time is up, and the backend, asked again, did not know better. */
  onLapsed(): void;
  /** Nothing was heard of the order for long enough after that. */
  onGivenUp(): void;
}

export interface Following {
  /** Asks for the status at once; resolves when an answer to it is in. */
  check(): Promise<void>;
  /** The end of the order's time, or the server's clock, may have moved. */
  retime(): void;
}

/**
 * Follows an order until the signal is aborted: by its event stream, and by polling while the stream
 * is not healthy. Every failure is survived.
 */
export function followOrder(options: FollowOptions): Following {
  const { backend, urls, updates, random, isOnline, signal, onAnswer, onHealth } = options;
  let stream: 'connecting' | 'open' | 'down' = updates === 'poll' ? 'down' : 'connecting';
  let polled = true;

  const reportHealth = () => {
    if (stream === 'open') onHealth('live');
    else if (!isOnline()) onHealth('offline');
    else onHealth(polled ? 'polling' : 'reconnecting');
  };
  const onProblem = (error: CheckoutError) => {
    reportHealth();
    options.onProblem(error);
  };

  const feed = new PollFeed({
    clock: backend.clock,
    random,
    signal,
    isNeeded: () => stream === 'down' && updates !== 'sse',
    ask: () =>
      callBackend(backend, { url: urls.status, method: 'GET', signal, timeout: requestTimeout }),
    async onAnswer(answer) {
      await onAnswer(answer);
      polled = true;
      reportHealth();
    },
    onProblem(error) {
      polled = isOdd(error);
      onProblem(error);
    },
  });

  const setStream = (next: typeof stream) => {
    stream = next;
    if (updates === 'sse') polled = next === 'open';
    reportHealth();
    if (next === 'down') feed.nudge();
  };

  async function streamEvents(): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      let wait = 0;
      let openedAt = Number.POSITIVE_INFINITY;
      let stopAsking = () => {};
      try {
        const onOpen = () => {
          openedAt = backend.clock.now();
          setStream('open');
          // Not every backend begins a stream with the present: then it is asked for.
          stopAsking = backend.clock.after(snapshotTimeout, () => void feed.check());
        };
        const onMessage = (answer: Answer) => {
          stopAsking();
          return onAnswer(answer);
        };
        const { onProblem } = options;
        const { events: url } = urls;
        const stream = { url, signal, onOpen, onAnswer: onMessage, onProblem };
        const end = await readEvents(backend, stream);
        signal.throwIfAborted();
        setStream('down');
        if (end === 'unsupported') return onUnsupported();
      } catch (error) {
        signal.throwIfAborted();
        setStream('down');
        if (error instanceof CheckoutError) {
          wait = error.retryAfter ?? 0;
          if (updates === 'sse') options.onProblem(error);
        }
      } finally {
        stopAsking();
      }
      // Only a stream that held is worth opening again soon.
      if (backend.clock.now() - openedAt >= steadyStream) attempt = 1;
      await delay(Math.max(wait, reconnectDelay(attempt, random())), backend.clock, signal);
    }
  }

  const onUnsupported = () => {
    if (updates !== 'sse') return;
    const message = `GET ${urls.events.href} is no event stream; serve one or set updates="auto".`;
    options.onProblem(new CheckoutError('configuration', message));
  };

  // Both go on until the signal is aborted; that rejection is their ordinary end.
  const untilAborted = (run: Promise<void>) =>
    run.catch((error: unknown) => {
      if (!signal.aborted) throw error;
    });
  void untilAborted(feed.run());
  if (updates !== 'poll') void untilAborted(streamEvents());

  const check = () => feed.check();
  const expiry = new ExpiryWatch({ ...options, clock: backend.clock, check });
  expiry.arm();
  return { check, retime: () => expiry.arm() };
}
