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

/** Methods that do something more for what is never asked of them, and how that is asked. */
const branches: Record<string, RegExp> = {
  drawQR: /\.image$/,
  drawDots: /\.shape===\w+$/,
  // The last of a sequence: whether there is a gradient.
  _createColor: /,\w+$/,
};

/** Ways to write text into a code; a link is written in bytes. */
const cases = ['Numeric', 'Alphanumeric', 'Kanji'];

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
      const unused = definitions(this.parse(code), code);
      const found = unused.map(({ name }) => name).sort();
      const expected = [...functions, ...methods, ...Object.keys(branches), ...cases].sort();
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
  const asked = method && Object.hasOwn(branches, method) ? branches[method] : undefined;
  if (String(type) === 'MethodDefinition' && method && asked && value) {
    return [...conditions(value, asked, code).map((at) => ({ ...at, name: method })), ...inner];
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

/** What is done, anywhere below `node`, if a condition holds that is written like `asked`. */
function conditions(node: unknown, asked: RegExp, code: string): Omit<Definition, 'name'>[] {
  if (Array.isArray(node)) return node.flatMap((child) => conditions(child, asked, code));
  if (typeof node !== 'object' || node === null) return [];
  const { type, test, consequent } = node as Record<string, AstNode | undefined>;
  if (String(type) === 'IfStatement' && test && consequent) {
    const { start, end } = consequent;
    if (asked.test(code.slice(test.start, test.end))) return [{ start, end, empty: '{}' }];
  }
  return Object.values(node).flatMap((child) => conditions(child, asked, code));
}
