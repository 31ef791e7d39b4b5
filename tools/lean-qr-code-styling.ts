import type { Plugin } from 'vite';

/** Functions assigned to a property of that name. */
const functions = [
  ...['createTableTag', 'createSvgTag', 'createDataURL', 'createImgTag', 'createASCII'],
  ...['renderTo2dContext', 'createStringToBytes'],
];

/** As often as they occur: modules and the two parts of a finder have a class each. */
const methods = [
  ...['download', 'getRawData', '_getElement', '_setupCanvas', 'loadImage', 'drawImage'],
  ...['applyExtension', 'deleteExtension'],
  // Every shape of module but the square one.
  ...['_drawDot', '_drawDot', '_drawDot', '_basicDot', '_basicDot', '_basicDot'],
  ...['_drawRounded', '_basicSideRounded', '_basicCornerRounded', '_basicCornersRounded'],
  ...['_drawExtraRounded', '_drawExtraRounded', '_basicExtraRounded', '_basicCornerExtraRounded'],
  ...['_drawClassy', '_drawClassyRounded'],
];

/**
 * qr-code-styling comes as one file, for canvas, Node and every kind of picture. What an SVG in a page
 * never calls, HTML made from strings included, is emptied here, and the minifier drops what that
 * leaves unused. A name that is not found as often as it is named here fails the build.
 */
export function leanQrCodeStyling(): Plugin {
  return {
    name: 'lean-qr-code-styling',
    transform(code, id) {
      if (!id.endsWith('/qr-code-styling.js')) return null;
      const unused = definitions(this.parse(code));
      const found = unused.map(({ name }) => name).sort();
      const expected = [...functions, ...methods].sort();
      if (found.join() !== expected.join()) {
        this.error(`qr-code-styling has changed: expected ${expected}, found ${found}.`);
      }
      return unused
        .sort((a, b) => b.start - a.start)
        .reduce(
          (text, { start, end, empty }) => text.slice(0, start) + empty + text.slice(end),
          code,
        );
    },
  };
}

interface Definition {
  name: string;
  start: number;
  end: number;
  /** What may stand in its place. */
  empty: string;
}

/** As much of a syntax tree's node as is looked at here. */
interface AstNode {
  start: number;
  end: number;
  name?: string;
  body?: AstNode;
  property?: AstNode;
}

/** Where the unused methods and functions stand, anywhere below `node`. */
function definitions(node: unknown): Definition[] {
  if (Array.isArray(node)) return node.flatMap(definitions);
  if (typeof node !== 'object' || node === null) return [];
  const inner = Object.values(node).flatMap(definitions);
  const { type, left, right, key, value } = node as Record<string, AstNode | undefined>;
  const method = key?.name;
  if (String(type) === 'MethodDefinition' && method && methods.includes(method) && value?.body) {
    const { start, end } = value.body;
    return [{ name: method, start, end, empty: '{}' }, ...inner];
  }
  const name = left?.property?.name;
  if (String(type) === 'AssignmentExpression' && name && functions.includes(name) && right) {
    return [{ name, start: right.start, end: right.end, empty: '0' }, ...inner];
  }
  return inner;
}
