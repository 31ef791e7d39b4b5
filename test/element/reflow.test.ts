import { expect } from '@open-wc/testing';
import { layoutTroubles } from '../support/browser/layout.ts';
import type { Mounted } from '../support/browser/mount.ts';
import { clearScene, setScene, speak } from '../support/browser/set-scene.ts';
import { languages, scenes } from '../support/scenes.ts';

/** A page of 320 px is also one of 640 px at a zoom of 200 %, and one of 1280 px at 400 %. */
const widths = [280, 320, 600];
const everyLanguage = ['en', 'ar', 'hi', 'ur', 'ml', 'bn', 'fil', 'ru', 'zh'];
const { documentElement: page } = document;

/** What WCAG 1.4.12 lets a reader set. */
const textSpacing = `
  * { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }
  p { margin-block-end: 2em !important }
`;

afterEach(() => {
  page.style.fontSize = '';
  clearScene();
});

/** Troubles in these languages at these widths. */
async function troubles(mounted: Mounted, wanted: readonly string[]): Promise<string[]> {
  const holder = mounted.element.parentElement;
  if (!holder) throw new Error('the scene is not on the page');
  const found: string[] = [];
  for (const lang of wanted) {
    await speak(mounted, lang);
    for (const width of widths) {
      holder.style.width = `${width}px`;
      found.push(...layoutTroubles(mounted).map((text) => `${lang}, ${width} px: ${text}`));
    }
  }
  return found;
}

/** Every text of a card with its size, CSS px. */
const textSizes = ({ root }: Mounted): Map<string, number> =>
  new Map(
    [...root.querySelectorAll('[part=base] *')]
      .filter(({ childNodes }) =>
        [...childNodes].some((node) => node instanceof Text && node.data.trim()),
      )
      .map((box) => [
        box.textContent?.trim() ?? '',
        Number.parseFloat(getComputedStyle(box).fontSize),
      ]),
  );

describe('nothing is cut off, overlaps or sticks out', function () {
  this.timeout(30_000);

  for (const scene of scenes) {
    it(`${scene.name}: in any language at 280, 320 and 600 px`, async () => {
      expect(await troubles(await setScene(scene), everyLanguage)).to.deep.equal([]);
    });

    it(`${scene.name}: with a reader’s own text spacing`, async () => {
      const mounted = await setScene(scene);
      const style = document.createElement('style');
      style.textContent = textSpacing;
      mounted.root.append(style);
      expect(await troubles(mounted, languages)).to.deep.equal([]);
    });
  }
});

describe('text grows with the size of text that a reader has set in the browser', function () {
  this.timeout(30_000);

  for (const scene of scenes) {
    it(scene.name, async () => {
      const mounted = await setScene(scene);
      const small = textSizes(mounted);
      page.style.fontSize = '200%';
      const stayed = [...textSizes(mounted)].flatMap(([text, size]) => {
        const before = small.get(text) ?? 0;
        return size >= 1.9 * before ? [] : [`"${text}" stays at ${size} px`];
      });
      expect(stayed).to.deep.equal([]);
      expect(await troubles(mounted, languages)).to.deep.equal([]);
    });
  }
});

describe('a price is never broken in the middle of its number or its currency', () => {
  const awaiting = scenes.find(({ name }) => name === 'awaiting');
  const settings = { 'as it comes': '', 'in text twice as large': '200%' };
  for (const [name, size] of Object.entries(settings)) {
    it(name, async () => {
      if (!awaiting) throw new Error('there is no such scene');
      const mounted = await setScene(awaiting);
      page.style.fontSize = size;
      for (const lang of languages) {
        await speak(mounted, lang);
        for (const width of [280, 320]) {
          if (mounted.element.parentElement) {
            mounted.element.parentElement.style.width = `${width}px`;
          }
          expect(linesOf(mounted, '12.34'), `${lang}, ${width} px`).to.equal(1);
          expect(linesOf(mounted, 'AED'), `${lang}, ${width} px`).to.equal(1);
        }
      }
    });
  }
});

/** How many lines a piece of the amount runs over. */
function linesOf({ root }: Mounted, piece: string): number {
  const amount = root.querySelector('[part=amount]');
  const walker = document.createTreeWalker(amount ?? root, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const at = node.textContent?.indexOf(piece) ?? -1;
    if (at < 0) continue;
    const range = document.createRange();
    range.setStart(node, at);
    range.setEnd(node, at + piece.length);
    return new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size;
  }
  throw new Error(`there is no "${piece}" in the amount`);
}
