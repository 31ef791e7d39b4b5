import type { Browser, Page } from 'puppeteer-core';

/** What its policy refused a page, in the words of the page itself. */
export interface Refusal {
  page: string;
  directive: string;
  what: string;
}

declare global {
  interface Window {
    /** Of this window, since before its first script. */
    refused?: Refusal[];
  }
}

/** A page of which everything that goes wrong is known, in all its frames. */
export interface GuardedPage {
  page: Page;
  /** Uncaught errors and those of the console, but for answers that are errors on purpose. */
  errors: string[];
  refused(): Promise<Refusal[]>;
}

/** What a browser says of an answer like 404 or 503, or of none. */
const isAnswer = (text: string) =>
  /^Failed to load resource: (the server responded|net::ERR_EMPTY_RESPONSE)/.test(text);

export async function openGuarded(browser: Browser): Promise<GuardedPage> {
  const page = await browser.newPage();
  const errors: string[] = [];
  page.on('pageerror', (error) => void errors.push(String(error)));
  page.on('console', (message) => {
    const text = message.text();
    if (message.type() === 'error' && !isAnswer(text)) errors.push(text);
  });
  await page.evaluateOnNewDocument(recordRefusals);
  return {
    page,
    errors,
    async refused() {
      const all = page.frames().map((frame) => frame.evaluate(() => window.refused ?? []));
      return (await Promise.all(all)).flat();
    },
  };
}

/** Runs in every window before its own scripts. */
function recordRefusals(): void {
  const refused: Refusal[] = [];
  window.refused = refused;
  document.addEventListener('securitypolicyviolation', (event) => {
    const { documentURI, effectiveDirective, blockedURI, sample } = event;
    refused.push({
      page: documentURI,
      directive: effectiveDirective,
      what: `${blockedURI} ${sample}`.trim(),
    });
  });
}
