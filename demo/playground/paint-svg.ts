/** An SVG on screen, painted onto a canvas shape by shape: its geometry is read, not its meaning. */

/** Paints the shapes of `svg`; the context's units are CSS pixels of the page. */
export function paintDrawing(context: CanvasRenderingContext2D, svg: SVGSVGElement): void {
  for (const shape of svg.querySelectorAll<SVGGeometryElement>(shapes)) {
    if (shape.closest('defs, clipPath, mask, symbol')) continue;
    const toScreen = shape.getScreenCTM();
    if (!toScreen) continue;
    context.save();
    const { a, b, c, d, e, f } = toScreen;
    context.transform(a, b, c, d, e, f);
    const style = getComputedStyle(shape);
    const clip = clipOf(svg, style.clipPath);
    if (clip) context.clip(...clip);
    paintShape(context, pathOf(shape), style);
    context.restore();
  }
}

const shapes = 'rect, circle, path';

function paintShape(
  context: CanvasRenderingContext2D,
  path: Path2D,
  style: CSSStyleDeclaration,
): void {
  const alpha = context.globalAlpha * Number(style.opacity);
  if (style.fill !== 'none') {
    context.globalAlpha = alpha * Number(style.fillOpacity);
    context.fillStyle = style.fill;
    context.fill(path, style.fillRule === 'evenodd' ? 'evenodd' : 'nonzero');
  }
  if (style.stroke !== 'none') {
    context.globalAlpha = alpha * Number(style.strokeOpacity);
    context.strokeStyle = style.stroke;
    context.lineWidth = Number.parseFloat(style.strokeWidth);
    context.stroke(path);
  }
}

/** The outline of a shape in its own units. */
function pathOf(shape: SVGGeometryElement): Path2D {
  if (shape instanceof SVGPathElement) return new Path2D(shape.getAttribute('d') ?? '');
  const path = new Path2D();
  if (shape instanceof SVGRectElement) {
    const [x, y, width, height, radius] = [
      shape.x,
      shape.y,
      shape.width,
      shape.height,
      shape.rx,
    ].map(({ baseVal }) => baseVal.value);
    path.roundRect(x ?? 0, y ?? 0, width ?? 0, height ?? 0, radius ?? 0);
  } else if (shape instanceof SVGCircleElement) {
    const [x, y, radius] = [shape.cx, shape.cy, shape.r].map(({ baseVal }) => baseVal.value);
    path.arc(x ?? 0, y ?? 0, radius ?? 0, 0, 2 * Math.PI);
  }
  return path;
}

/** The clip path that `url("#…")` names in this drawing, in the units of the shape that is clipped. */
function clipOf(svg: SVGSVGElement, value: string): [Path2D, CanvasFillRule] | undefined {
  const [, id] = /^url\("?#([^")]+)"?\)$/.exec(value) ?? [];
  const parts = id ? svg.querySelector(`#${CSS.escape(id)}`)?.children : undefined;
  if (!parts) return undefined;
  const whole = new Path2D();
  let rule: CanvasFillRule = 'nonzero';
  for (const part of parts) {
    if (!(part instanceof SVGGeometryElement)) continue;
    if (getComputedStyle(part).clipRule === 'evenodd') rule = 'evenodd';
    whole.addPath(pathOf(part), ownTransform(part));
  }
  return [whole, rule];
}

/** A shape's `transform`; read item by item, because asking the list for all of it would rewrite it. */
function ownTransform({ transform }: SVGGeometryElement): DOMMatrix {
  const whole = new DOMMatrix();
  for (const { matrix } of transform.baseVal) {
    whole.multiplySelf(DOMMatrix.fromMatrix(matrix));
  }
  return whole;
}
