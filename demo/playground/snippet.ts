/** Code that gives what is shown: the tag, or the lines of a script, in coloured pieces. */
import type { Attribute } from './attributes.ts';

/** A piece of code and what it is, for its colour. */
export interface Piece {
  readonly text: string;
  readonly kind: 'plain' | 'name' | 'value' | 'quiet';
}

const plain = (text: string): Piece => ({ text, kind: 'plain' });
const name = (text: string): Piece => ({ text, kind: 'name' });
const value = (text: string): Piece => ({ text, kind: 'value' });
const quiet = (text: string): Piece => ({ text, kind: 'quiet' });

/** What somebody gets who copies the pieces. */
export const textOf = (pieces: readonly Piece[]): string => pieces.map(({ text }) => text).join('');

const escapeHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;');

/** The tag with these attributes, one in each line. */
export const tagOf = (attributes: readonly Attribute[]): Piece[] => [
  plain('<'),
  name('payby-checkout'),
  ...attributes.flatMap(([attribute, text]) => [
    plain(`\n  ${attribute}`),
    ...(text === '' ? [] : [plain('='), value(`"${escapeHtml(text)}"`)]),
  ]),
  plain('\n></'),
  name('payby-checkout'),
  plain('>'),
];

/** The same in a script, with what a tag cannot say: `details`, sent along with the order. */
export const scriptOf = (attributes: readonly Attribute[], details: unknown): Piece[] => [
  quiet('import '),
  plain('{ PaybyCheckout } '),
  quiet('from '),
  value("'payby-checkout'"),
  plain(';\n\n'),
  quiet('const '),
  plain('checkout = '),
  quiet('new '),
  name('PaybyCheckout'),
  plain('();\n'),
  ...attributes.flatMap(([attribute, text]) => [
    plain('checkout.'),
    name(propertyOf(attribute)),
    plain(' = '),
    value(text === '' ? 'true' : quoted(text)),
    plain(';\n'),
  ]),
  ...(details === undefined
    ? []
    : [plain('checkout.'), name('details'), plain(` = ${literal(details)};\n`)]),
  plain('checkout.'),
  name('addEventListener'),
  plain('('),
  value("'payby-paid'"),
  plain(', () => {\n  '),
  quiet('// Your server knows already; thank the customer.'),
  plain('\n});\n'),
  plain('document.body.'),
  name('append'),
  plain('(checkout);'),
];

/** As people write it: without the quotes that JSON puts around names. */
const literal = (json: unknown): string =>
  JSON.stringify(json, null, 2).replace(/^( *)"(\w+)":/gm, '$1$2:');

/** `in-app` is the property `inApp`. */
const propertyOf = (attribute: string): string =>
  attribute.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());

const quoted = (text: string): string =>
  `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
