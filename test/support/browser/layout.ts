import type { Mounted } from './mount.ts';

/** What a reader would stumble over in a card: text that is cut off, sticks out or lies on other text. */
export function layoutTroubles({ element, root }: Mounted): string[] {
  const card = root.querySelector<HTMLElement>('[part=base]');
  const holder = element.parentElement;
  if (!card || !holder) throw new Error('there is no card on the page');
  const lines = linesIn(card);
  return [
    ...(holder.scrollWidth > holder.clientWidth
      ? [`the card is ${holder.scrollWidth} px wide on ${holder.clientWidth} px`]
      : []),
    ...lines.flatMap((line) => sticksOut(line, card)),
    ...clipped(card),
    ...overlaps(lines),
  ];
}

/** One line of one piece of text, and where it is. */
interface Line {
  text: string;
  node: Text;
  rect: DOMRect;
  /** CSS px: about as high as the letters are, whatever room a font takes around them. */
  size: number;
}

function linesIn(card: HTMLElement): Line[] {
  const walker = document.createTreeWalker(card, NodeFilter.SHOW_TEXT);
  const lines: Line[] = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (!(node instanceof Text) || !node.data.trim()) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const size = node.parentElement
      ? Number.parseFloat(getComputedStyle(node.parentElement).fontSize)
      : 0;
    for (const rect of range.getClientRects()) {
      if (rect.width > 1) lines.push({ text: node.data.trim(), node, rect, size });
    }
  }
  return lines;
}

/** Out of the card's padding, or of the button it labels. */
function sticksOut({ text, node, rect }: Line, card: HTMLElement): string[] {
  const frame = node.parentElement?.closest('a, button') ?? card;
  const outer = frame.getBoundingClientRect();
  const isIn =
    rect.left >= outer.left - 1 &&
    rect.right <= outer.right + 1 &&
    middle(rect) >= outer.top &&
    middle(rect) <= outer.bottom;
  return isIn ? [] : [`"${text}" sticks out of its ${frame.localName}`];
}

function clipped(card: HTMLElement): string[] {
  return [...card.querySelectorAll<HTMLElement>('*')].flatMap((box) => {
    const { overflowX, overflowY } = getComputedStyle(box);
    const isCut =
      (overflowX !== 'visible' && box.scrollWidth > box.clientWidth + 1) ||
      (overflowY !== 'visible' && box.scrollHeight > box.clientHeight + 1);
    return isCut && box.textContent?.trim() ? [`"${box.textContent.trim()}" is cut off`] : [];
  });
}

function overlaps(lines: Line[]): string[] {
  return lines.flatMap((line, index) =>
    lines
      .slice(index + 1)
      .filter((other) => other.node !== line.node && doCross(line, other))
      .map(({ text }) => `"${line.text}" lies on "${text}"`),
  );
}

const doCross = (a: Line, b: Line): boolean =>
  Math.min(a.rect.right, b.rect.right) - Math.max(a.rect.left, b.rect.left) > 1 &&
  Math.abs(middle(a.rect) - middle(b.rect)) < (a.size + b.size) / 2;

const middle = ({ top, height }: DOMRect): number => top + height / 2;
