import type { Browser, Frame, Page } from 'puppeteer-core';
import { ar } from '../../src/element/messages/ar.ts';
import { en } from './english.ts';
import { openLooksServer } from './looks-server.ts';
import { playScene, setTheStage, stopTheClock } from './play-scene.ts';
import {
  contrastScenes,
  languages,
  type Scene,
  scenes,
  sceneTime,
  scriptOf,
  themes,
} from './scenes.ts';

/** The scenes of which pictures are kept. */
export const photographed: readonly Scene[] = [...scenes, ...contrastScenes];

/** Widths of the shop's page, CSS pixels. */
export const widths = [320, 480] as const;
export type Width = (typeof widths)[number];

/** Light and dark in English, then in Arabic: from left to right, and down where a row is full. */
const looks = languages.flatMap((lang) => themes.map((theme) => ({ theme, lang })));
const columns: Record<Width, number> = { 320: 4, 480: 2 };
const messages = { en, ar };

/** Switches that keep Chromium from drawing text differently on different machines. */
export const steadyText = [
  '--font-render-hinting=none',
  '--disable-lcd-text',
  '--force-color-profile=srgb',
  '--hide-scrollbars',
];

/** A scene in all its looks at one width, as PNG bytes. */
export interface Photograph {
  width: Width;
  png: Uint8Array;
  /** What is wider than the page it stands on, and so would make it scroll sideways. */
  tooWide: string[];
}

/** Where scenes are set and photographed. */
export interface LooksStage {
  photograph(scene: Scene): Promise<Photograph[]>;
  close(): Promise<void>;
}

export async function openLooksStage(browser: Browser): Promise<LooksStage> {
  const server = await openLooksServer(photographed, looks);
  return {
    async photograph(scene) {
      const page = await browser.newPage();
      try {
        await page.emulateTimezone('Asia/Dubai');
        await preferFor(page, scene);
        await page.evaluateOnNewDocument(stopTheClock, sceneTime);
        await page.evaluateOnNewDocument(
          setTheStage,
          scene.isOffline ?? false,
          scene.isHurried ?? false,
        );
        await page.goto(server.urlOf(scene), { waitUntil: 'load' });
        const windows = page.frames().filter((frame) => frame !== page.mainFrame());
        await Promise.all(windows.map((window) => play(window, scene)));
        const photographs: Photograph[] = [];
        for (const width of widths) photographs.push(await photographAt(page, windows, width));
        return photographs;
      } finally {
        await page.close();
      }
    },
    close: () => server.close(),
  };
}

/** What the reader's device asks of the page; Puppeteer's own method knows no contrast themes. */
async function preferFor(page: Page, { hasForcedColours }: Scene): Promise<void> {
  const device = await page.createCDPSession();
  const features = [
    { name: 'prefers-reduced-motion', value: 'reduce' },
    { name: 'forced-colors', value: hasForcedColours ? 'active' : 'none' },
  ];
  await device.send('Emulation.setEmulatedMedia', { features });
}

async function play(window: Frame, scene: Scene): Promise<void> {
  const lang = languages.find((language) => window.url().endsWith(`-${language}`)) ?? 'en';
  await window.evaluate(playScene, scriptOf(scene, messages[lang]));
}

async function photographAt(page: Page, windows: Frame[], width: Width): Promise<Photograph> {
  const pageWidth = width * columns[width];
  await page.setViewport({ width: pageWidth, height: 800, deviceScaleFactor: 1 });
  await page.evaluate(fitWindows, width);
  const tooWide = await Promise.all(windows.map((window) => window.evaluate(whatIsTooWide)));
  const height = await page.evaluate(() => document.body.offsetHeight);
  await page.setViewport({ width: pageWidth, height, deviceScaleFactor: 1 });
  return { width, png: await page.screenshot({ optimizeForSpeed: true }), tooWide: tooWide.flat() };
}

/** Runs in the page: every window as wide as asked and as high as the highest, painted for certain. */
async function fitWindows(width: number): Promise<void> {
  const frames = [...document.querySelectorAll('iframe')];
  const isPainted = () =>
    new Promise((resolve) => {
      requestAnimationFrame(() => requestAnimationFrame(resolve));
    });
  for (const { style } of frames) {
    style.width = `${width}px`;
    style.height = '0';
  }
  await isPainted(); // only what is laid out asks for its fonts
  await Promise.all(frames.map(({ contentDocument }) => contentDocument?.fonts.ready));
  const heights = frames.map(({ contentDocument }) => {
    const root = contentDocument?.querySelector('payby-checkout')?.shadowRoot;
    // A dialog lies over the page, as far from its edges as it likes to be.
    const dialog = root?.querySelector('dialog[open]')?.scrollHeight ?? -24;
    return Math.max(contentDocument?.documentElement.scrollHeight ?? 0, dialog + 24);
  });
  for (const { style } of frames) style.height = `${Math.max(...heights)}px`;
  await isPainted();
}

/** Runs in a window. */
function whatIsTooWide(): string[] {
  const { scrollWidth, clientWidth, lang } = document.documentElement;
  return scrollWidth > clientWidth ? [`${lang}: ${scrollWidth} px on ${clientWidth} px`] : [];
}
