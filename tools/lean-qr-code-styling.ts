import type { Plugin } from 'vite';

/** Functions assigned to a property of that name. */
const functions = [
  ...['createTableTag', 'createSvgTag', 'createDataURL', 'createImgTag', 'createASCII'],
  ...['renderTo2dContext', 'createStringToBytes'],
];

/** What draws, saves or needs a canvas: the picture is made by us, of the modules alone. */
const methods = [
  ...['download', 'getRawData', '_getElement', '_setupCanvas', '_setupSvg', 'append'],
  ...['_clearContainer', 'applyExtension', 'deleteExtension'],
  ...['drawQR', 'drawBackground', 'drawDots', 'drawCorners', 'loadImage', 'drawImage'],
  '_createColor',
];

/** Ways to write text into a code; a link is written in bytes. */
const cases = ['Numeric', 'Alphanumeric', 'Kanji'];

/**
 * qr-code-styling comes as one file, for canvas, Node and every kind of picture. What working out
 * a code's modules never calls, HTML made from strings included, is emptied here, and the minifier drops
 * what that leaves unused. A name that is not found as often as it is named here fails the build.
 */
export function leanQrCodeStyling(): Plugin {
  return {
    name: 'lean-qr-code-styling',
    transform(code, id) {
      if (!id.endsWith('/qr-code-styling.js')) return null;
      const unused = definitions(this.parse(code), code);
      const found = unused.map(({ name }) => name).sort();
      const expected = [...functions, ...methods, ...cases].sort();
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
  /** Of a literal. */
  value?: unknown;
  body?: AstNode;
  property?: AstNode;
}

/** Where the unused methods and functions stand, anywhere below `node`. */
function definitions(node: unknown, code: string): Definition[] {
  if (Array.isArray(node)) return node.flatMap((child) => definitions(child, code));
  if (typeof node !== 'object' || node === null) return [];
  const inner = Object.values(node).flatMap((child) => definitions(child, code));
  const { type, left, right, key, value, test } = node as Record<string, AstNode | undefined>;
  const method = key?.name;
  if (String(type) === 'MethodDefinition' && method && methods.includes(method) && value?.body) {
    const { start, end } = value.body;
    return [{ name: method, start, end, empty: '{}' }, ...inner];
  }
  if (String(type) === 'SwitchCase' && test && cases.includes(String(test.value))) {
    const { start, end } = node as AstNode;
    return [{ name: String(test.value), start, end, empty: '' }, ...inner];
  }
  const name = left?.property?.name;
  if (String(type) === 'AssignmentExpression' && name && functions.includes(name) && right) {
    return [{ name, start: right.start, end: right.end, empty: '0' }, ...inner];
  }
  return inner;
}
