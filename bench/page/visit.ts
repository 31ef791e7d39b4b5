/** One visit of a page: nothing cached, nothing kept from another. */
import type { Browser, CDPSession, Page } from 'puppeteer-core';
import { watchPage } from './page-side.ts';

export interface Visit extends AsyncDisposable {
  page: Page;
  session: CDPSession;
  /**
   * What came over the line, headers included and the document not, bytes.
   *
   * @param until ms since the page was asked for; all by default
   */
  bytes(until?: number): number;
  /** Of the requests up to now: the address, and when it was sent, s of one clock. */
  requests: { url: string; at: number }[];
}

/** A visit without a look at its network. */
export type PlainVisit = Omit<Visit, 'bytes' | 'requests'>;

export async function openPlainVisit(browser: Browser): Promise<PlainVisit> {
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  const session = await page.createCDPSession();
  await page.evaluateOnNewDocument(watchPage);
  return { page, session, [Symbol.asyncDispose]: () => context.close() };
}

export async function openVisit(browser: Browser): Promise<Visit> {
  const visit = await openPlainVisit(browser);
  const { session } = visit;
  const moved: { id: string; at: number; bytes: number }[] = [];
  const requests: Visit['requests'] = [];
  let documentId: string | undefined;
  let startedAt = Number.NaN;
  session.on('Network.requestWillBeSent', ({ requestId, request: { url }, timestamp, type }) => {
    if (url.startsWith('data:')) return;
    requests.push({ url, at: timestamp });
    if (type !== 'Document' || documentId) return;
    documentId = requestId;
    startedAt = timestamp;
  });
  session.on('Network.responseReceived', ({ requestId, timestamp, response }) => {
    moved.push({ id: requestId, at: timestamp, bytes: response.encodedDataLength });
  });
  session.on('Network.dataReceived', ({ requestId, timestamp, encodedDataLength }) => {
    moved.push({ id: requestId, at: timestamp, bytes: encodedDataLength });
  });
  // The sum of it all; an event stream has none, as it does not end.
  session.on('Network.loadingFinished', ({ requestId, timestamp, encodedDataLength }) => {
    const before = moved.filter(({ id }) => id === requestId);
    const told = before.reduce((total, { bytes }) => total + bytes, 0);
    moved.push({ id: requestId, at: timestamp, bytes: encodedDataLength - told });
  });
  await session.send('Network.enable');
  return {
    ...visit,
    requests,
    bytes: (until = Number.POSITIVE_INFINITY) =>
      moved
        .filter(({ id, at }) => id !== documentId && (at - startedAt) * 1000 <= until)
        .reduce((total, { bytes }) => total + bytes, 0),
  };
}

export const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
