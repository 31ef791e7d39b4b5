import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import type { Browser, Page, ScreenshotClip } from 'puppeteer-core';
import type { Order } from '../../src/protocol.ts';
import { codeIsShown } from './chromium.ts';
import { freePort } from './free-port.ts';

const dist = join(import.meta.dirname, '../../dist');

/** How a checkout looks that shows its code. */
export interface Look {
  theme: 'light' | 'dark';
  /** Side of the code's plate as the page asks for it, CSS pixels. */
  size: number;
  hasLogo: boolean;
}

/** What a camera does to a code and what is around it, as CSS. */
export const distortions = {
  'as shown': '',
  blurred: 'filter: blur(1.5px)',
  rotated: 'transform: rotate(15deg)',
  'in perspective': 'transform: perspective(calc(3 * var(--side))) rotateX(12deg) rotateY(-12deg)',
  'in half contrast': 'filter: contrast(50%)',
} as const;

/** No code is drawn smaller than this, CSS pixels: cameras could not be relied on to read it. */
const smallestSide = 200;

export type Distortion = keyof typeof distortions;

/** A page of a shop that shows one code at a time, to be photographed. */
export interface QrStage {
  /** Device pixels for each CSS pixel, for what is shown from now on. */
  setPixelRatio(ratio: number): Promise<void>;
  /** Shows this order in a checkout of its own. */
  show(look: Look, order: Order): Promise<void>;
  /** A picture (PNG bytes) of the code and what is around it. */
  photograph(distortion: Distortion): Promise<Uint8Array>;
  close(): Promise<void>;
}

export async function openQrStage(browser: Browser): Promise<QrStage> {
  let order: Order | undefined;
  const shop = await openShop(() => order);
  const page = await browser.newPage();
  // The code fades in; no picture is to catch it halfway.
  await page.emulateMediaFeatures([{ name: 'prefers-reduced-motion', value: 'reduce' }]);
  let clip: ScreenshotClip = { x: 0, y: 0, width: 0, height: 0 };
  return {
    setPixelRatio: (deviceScaleFactor) =>
      page.setViewport({ width: 640, height: 760, deviceScaleFactor }),
    async show(look, shownOrder) {
      order = shownOrder;
      await page.goto(shop.urlOf(look), { waitUntil: 'load' });
      await page.$eval(
        'payby-checkout',
        (checkout, shown) => {
          checkout.order = shown;
        },
        order,
      );
      await codeIsShown(page);
      clip = await aroundCode(page, Math.max(look.size, smallestSide));
    },
    async photograph(distortion) {
      await page.evaluate(distort, distortions[distortion]);
      return page.screenshot({ clip, captureBeyondViewport: false, optimizeForSpeed: true });
    },
    async close() {
      await page.close();
      await shop.close();
    },
  };
}

/** Runs in the page: two frames later the distorted page is on screen for certain. */
function distort(css: string): Promise<void> {
  document.querySelector('main')?.setAttribute('style', css);
  return new Promise((resolve) => {
    requestAnimationFrame(() => requestAnimationFrame(() => resolve()));
  });
}

/** Where to take a picture: the code and a fifth of its side around it. Distortions turn on its middle. */
async function aroundCode(page: Page, side: number): Promise<ScreenshotClip> {
  const code = await page.evaluate(() => {
    const drawn = document.querySelector('payby-checkout')?.shadowRoot?.querySelector('[part=qr]');
    const { x = 0, y = 0, width = 0, height = 0 } = drawn?.getBoundingClientRect() ?? {};
    const main = document.documentElement.style;
    main.setProperty('--middle', `${x + width / 2}px ${y + height / 2}px`);
    return { x, y, width, height };
  });
  if (code.width !== side || code.height !== side) {
    throw new Error(
      `The code is ${code.width} × ${code.height} CSS pixels, not ${side} × ${side}.`,
    );
  }
  const margin = side / 5;
  const { round } = Math;
  const whole = side + 2 * margin;
  return { x: round(code.x - margin), y: round(code.y - margin), width: whole, height: whole };
}

interface Shop {
  urlOf(look: Look): string;
  close(): Promise<void>;
}

/** The shop's server: a page for each look, the script, and the order that is shown. */
async function openShop(order: () => Order | undefined): Promise<Shop> {
  const server = createServer(async ({ url = '/' }, response) => {
    const { pathname, searchParams } = new URL(url, 'http://localhost');
    if (pathname === '/') {
      const look: Look = JSON.parse(searchParams.get('look') ?? '{}');
      response.setHeader('content-type', 'text/html; charset=utf-8').end(shopPage(look));
    } else if (pathname.startsWith('/cdn/')) {
      const script = await readFile(join(dist, pathname));
      response.setHeader('content-type', 'text/javascript').end(script);
    } else {
      response.setHeader('content-type', 'application/json').end(JSON.stringify(order()));
    }
  });
  const port = await freePort();
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    urlOf: (look) => `http://127.0.0.1:${port}/?look=${encodeURIComponent(JSON.stringify(look))}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** All of the page lies in `main`, so that a distortion takes what is around the code with it. */
const shopPage = ({ theme, size, hasLogo }: Look) => `<!doctype html>
<html lang="en">
<title>Shop</title>
<meta name="viewport" content="width=device-width">
<script type="module" src="/cdn/payby-checkout.js"></script>
<style>
  body { margin: 0; overflow: hidden; font-family: sans-serif }
  html, main { background: ${theme === 'dark' ? '#0b0d11' : '#fff'} }
  main {
    --side: ${size}px;
    box-sizing: border-box;
    block-size: 100vh;
    padding-block-start: 100px;
    transform-origin: var(--middle);
  }
  payby-checkout { --payby-qr-size: ${size}px; max-inline-size: 460px; margin-inline: auto }
  svg { inline-size: 100%; block-size: 100% }
</style>
<main>
  <payby-checkout endpoint="/orders" updates="poll" theme="${theme}">
    ${hasLogo ? logo : ''}
  </payby-checkout>
</main>
`;

/** Fills its slot to the edges: the most that a logo can cover. */
const logo = `<svg slot="logo" viewBox="0 0 48 48">
  <rect width="48" height="48" rx="10" fill="#1a5fd0" />
  <path d="M14 12h12a9 9 0 0 1 0 18h-5v7h-7z" fill="#fff" />
</svg>`;
