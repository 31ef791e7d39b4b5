/**
 * The phone's camera. A page may not photograph itself, so what the browser shows is painted once more,
 * from what it has drawn: boxes, their backgrounds and opacity, and the shapes of every SVG with their
 * geometry, transforms, clip paths and colours. What is not on screen is not in the picture.
 */
import { paintDrawing } from './paint-svg.ts';

/** Side of the picture, px. */
export const pictureSize = 640;

/** How the phone is held: nobody holds it quite straight. */
const tilt = -0.05;

/** How much of the picture the thing in front of the camera takes. */
const share = 0.8;

/** Takes a picture of `subject` onto `canvas`; false when there is nothing of it on screen. */
export function photograph(subject: HTMLElement, canvas: HTMLCanvasElement): boolean {
  const context = canvas.getContext('2d', { willReadFrequently: true });
  const box = subject.getBoundingClientRect();
  if (!context || box.width === 0 || !subject.checkVisibility({ visibilityProperty: true })) {
    return false;
  }
  canvas.width = pictureSize;
  canvas.height = pictureSize;
  context.fillStyle = '#20242c';
  context.fillRect(0, 0, pictureSize, pictureSize);
  const scale = (pictureSize * share) / Math.max(box.width, box.height);
  context.translate(pictureSize / 2, pictureSize / 2);
  context.rotate(tilt);
  context.scale(scale, scale);
  context.translate(-box.x - box.width / 2, -box.y - box.height / 2);
  paint(context, subject);
  return true;
}

/** Paints an element and what is in it, in the page's own coordinates. */
function paint(context: CanvasRenderingContext2D, element: Element): void {
  const style = getComputedStyle(element);
  if (style.display === 'none' || style.visibility !== 'visible') return;
  context.save();
  context.globalAlpha *= Number(style.opacity);
  if (element instanceof SVGSVGElement) paintDrawing(context, element);
  else {
    paintBox(context, element, style);
    for (const child of childrenOf(element)) paint(context, child);
  }
  context.restore();
}

function paintBox(
  context: CanvasRenderingContext2D,
  element: Element,
  { backgroundColor, borderTopLeftRadius }: CSSStyleDeclaration,
): void {
  const { x, y, width, height } = element.getBoundingClientRect();
  const radius = Number.parseFloat(borderTopLeftRadius);
  const isShare = borderTopLeftRadius.endsWith('%');
  context.fillStyle = backgroundColor;
  context.beginPath();
  context.roundRect(x, y, width, height, isShare ? (width * radius) / 100 : radius);
  context.fill();
  if (element instanceof HTMLImageElement && element.naturalWidth > 0) {
    context.drawImage(element, x, y, width, height);
  }
}

/** What is shown in an element: of a slot, that which the page has put there. */
const childrenOf = (element: Element): Iterable<Element> =>
  element instanceof HTMLSlotElement ? element.assignedElements() : element.children;
