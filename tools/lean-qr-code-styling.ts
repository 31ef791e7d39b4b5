import { join } from 'node:path';
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

const masks = join(import.meta.dirname, 'best-mask.ts');

interface Replacement {
  of: RegExp;
  by?: string | ((...found: string[]) => string);
}

/** What is replaced once; by nothing where nothing is said. */
const replacements: readonly Replacement[] = [
  // A module instead of what suits every loader there was.
  { of: /^!function\(\w,\w\)\{"object"==.*?\}\(this,\(\(\)=>/, by: 'export default(' },
  { of: /\)\)(?=;\s*(\/\/#.*\s*)?$)/, by: ')' },
  // How large a code must be: the text is not written for every size that is tried.
  {
    of: /,(\w)\.write\(\w\)\}(var \w=)0;(?=for\(\w=0;\w<\w\.length;\w\+\+\)\w\+=\w\[\w\]\.dataCount;if\(\w\.getLengthInBits\(\)<=)/,
    by: '}$2-$1.getLength();',
  },
  // How it chooses the mask: in steps, each a task of its own.
  { of: /(?<=getLostPoint=)function\(\w\)\{.*?50\)\/5\*10\}/, by: '0' },
  {
    of: /(\w)\(!1,function\(\)\{for\([^}]*=(\w)\.getLostPoint\((\w)\);[^}]*\}return \w\}\(\)\)/,
    by: '$3.made=bestMask($1,$3,$2.getMaskFunction).then(function(mask){$1(!1,mask)})',
  },
  { of: /throw"bad maskPattern:"\+(\w)/, by: 'return extremeMask($1)' },
  { of: /\w\.stringToBytesFuncs\["UTF-8"\]=function\(\w\)\{return .*?\}\(\w\)\},/ },
  // How much a code holds, by error correction: of L, M, Q and H the two that are asked for.
  { of: /(?<==)\[(?:\[\d+(?:,\d+)*\],?){160}\]/, by: middleTwoOfFour },
  // Options of pictures. What is asked for here is all there.
  { of: /(?<=this\._options=)(\w)\?\w\(\w\(\w,\1\)\):\w(?=,)/, by: '$1' },
  { of: /(?<=this\._options=)\w\?\w\(\w\(this\._options,\w\)\):(?=this\._options,)/ },
  { of: /\|\|function\(\w\)\{switch\(!0\)\{.*?\}\}\(this\._options\.data\)/ },
  { of: /\(null==(\w)\?void 0:\1\.jsdom\)\?.*?this\._window=window,/ },
  { of: /\w\.instanceCount=0;const \w=\w,/, by: 'const ' },
  { of: /(extraRounded:"extra-rounded"\},\w=)Object\.values\(\w\)/, by: '$10' },
  { of: /(\{dot:"dot",square:"square"\},\w=)Object\.values\(\w\)/, by: '$10' },
];

function middleTwoOfFour(table: string): string {
  const rows: number[][] = JSON.parse(table);
  const kept = rows.map((row, at) => (at % 4 === 1 || at % 4 === 2 ? JSON.stringify(row) : ''));
  return `[${kept}]`;
}

/**
 * qr-code-styling comes as one file, for canvas, Node and every kind of picture. What working out
 * a code's modules never calls, HTML made from strings included, is emptied here, and the minifier drops
 * what that leaves unused. A name or a piece that is not found as often as it is named here fails the build.
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
      const emptied = unused
        .sort((a, b) => b.start - a.start)
        .reduce(
          (text, { start, end, empty }) => text.slice(0, start) + empty + text.slice(end),
          code,
        );
      const lean = replacements.reduce((text, { of, by = '' }) => {
        const count = [...text.matchAll(new RegExp(of, 'g'))].length;
        if (count !== 1)
          this.error(`qr-code-styling has changed: ${of} is there ${count} times, not once.`);
        return typeof by === 'string' ? text.replace(of, by) : text.replace(of, by);
      }, emptied);
      return `import { bestMask, extremeMask } from ${JSON.stringify(masks)};${lean}`;
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
