import { expect } from '@open-wc/testing';
import { followStyles } from '../../src/element/follow-styles.ts';
import { orderStyles } from '../../src/element/order-styles.ts';
import { styles } from '../../src/element/styles.ts';
import type { Mounted } from '../support/browser/mount.ts';
import { clearScene, setScene, speak } from '../support/browser/set-scene.ts';
import { scenes } from '../support/scenes.ts';

const css = [...styles, orderStyles, followStyles].map(({ cssText }) => cssText).join('\n');

afterEach(clearScene);

/** Boxes side by side in one row, as their order from left to right. */
function order({ root }: Mounted, boxes: string): number[] {
  const middles = [...root.querySelectorAll(boxes)].map((box) => {
    const { left, width } = box.getBoundingClientRect();
    return left + width / 2;
  });
  return [...middles.keys()].sort((a, b) => (middles[a] ?? 0) - (middles[b] ?? 0));
}

describe('right to left', () => {
  it('comes from logical properties: no style names a left or a right', () => {
    expect(css.match(/^.*\b(left|right)\b.*$/gm)).to.equal(null);
    expect(css.match(/^.*\b(margin|padding|inset|border-width):\s*(\S+\s){3}\S+;$/gm)).to.equal(
      null,
    );
    expect(css.match(/^.*translateX.*$/gim)).to.equal(null);
  });

  const rows = ['.foot > *', '.title > *', '.steps > li'];
  const wide = scenes.filter(({ name }) => ['awaiting', 'phone', 'creating'].includes(name));
  for (const scene of wide) {
    it(`mirrors every row: ${scene.name}`, async () => {
      const mounted = await setScene(scene);
      const leftToRight = rows.map((row) => order(mounted, row));
      await speak(mounted, 'ar');
      const rightToLeft = rows.map((row) => order(mounted, row));
      expect(rightToLeft).to.deep.equal(leftToRight.map((row) => row.toReversed()));
    });
  }

  it('keeps what runs left to right in itself: the masked number and the time', async () => {
    const scanned = scenes.find(({ name }) => name === 'scanned');
    if (!scanned) throw new Error('there is no such scene');
    const mounted = await setScene(scanned, 'ar');
    expect(leftOf(mounted, '+')).to.be.lessThan(leftOf(mounted, '971'));
    expect(mounted.root.querySelector('[part=countdown]')?.textContent).to.match(/^12:3\d$/);
  });
});

/** Where the first of these characters of the masked number begins. */
function leftOf({ root }: Mounted, characters: string): number {
  const status = root.querySelector('.foot');
  const walker = document.createTreeWalker(status ?? root, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const at = node.textContent?.indexOf(characters) ?? -1;
    if (at < 0) continue;
    const range = document.createRange();
    range.setStart(node, at);
    range.setEnd(node, at + 1);
    return range.getBoundingClientRect().left;
  }
  throw new Error(`there is no "${characters}" in the status`);
}
