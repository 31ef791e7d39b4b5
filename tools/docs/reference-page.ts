/** docs/element.md, out of what is known of the element. */
import type { Attribute, Described, Member } from '../describe/manifest.ts';
import { elementOf, type Manifest } from '../describe/manifest.ts';

/** What each event carries, besides what every event has. */
const carries: Readonly<Record<string, string>> = {
  PaybyOrderEvent: '`order`',
  PaybyChangeEvent: '`state`, `previous`',
  PaybyRedirectEvent: '`order`, `url`',
  PaybyScannedEvent: '`order`',
  PaybyOutcomeEvent: '`order`',
  PaybyErrorEvent: '`code`, `message`, `phase`, `retryable`, `cause`',
};

export function referencePage(manifest: Manifest): string {
  const element = elementOf(manifest);
  const { attributes, events, slots, cssParts, cssProperties, cssStates } = element;
  const fields = element.members.filter(({ kind }) => kind === 'field');
  const own = fields.filter(({ attribute }) => attribute === undefined);
  const settable = own.filter(({ readonly }) => !readonly);
  const readOnly = own.filter(({ readonly }) => readonly);
  const methods = element.members.filter(({ kind }) => kind === 'method');
  return `# The element

<!-- Made from src/element/payby-checkout.ts by tools/docs/reference.ts: change it there. -->

\`<payby-checkout>\`: ${lowerFirst(element.summary)} ${inLine(element.description)}

<!-- live: phases -->

The example is the element itself; its backend lives in the page, and its order is made up.

\`\`\`html
<payby-checkout endpoint="/api/payby/orders" reference="cart-42"></payby-checkout>
\`\`\`

## Attributes

Each is a property, too. Where the property has another name, that stands beside it.

${table(['attribute', 'values', 'meaning'], attributes.map(attributeRow))}

Booleans are true when the attribute is there, whatever its value.

## Properties

${table(
  ['property', 'type', 'meaning'],
  settable.map((member) => [code(member.name), code(typeOf(member)), inLine(member.description)]),
)}

Read-only:

${table(
  ['property', 'type', 'meaning'],
  readOnly.map((member) => [code(member.name), code(typeOf(member)), inLine(member.description)]),
)}

## Methods

${table(
  ['method', 'what it does'],
  methods.map(({ name, description }) => [code(`${name}()`), inLine(description)]),
)}

## Events

All of them bubble and cross shadow roots. When each comes, and how often: [states and events](states.md).

${table(
  ['event', 'carries', 'when'],
  events.map(({ name, type, description }) => [
    code(name),
    carried(type.text),
    inLine(description),
  ]),
)}

The codes of \`payby-error\` are explained in [troubleshooting](troubleshooting.md#errors-of-the-element).

\`\`\`ts
import 'payby-checkout';

const checkout = document.querySelector('payby-checkout');
checkout?.addEventListener('payby-paid', ({ order }) => {
  location.assign(\`/thanks?order=\${order.id}\`);
});
checkout?.addEventListener('payby-error', ({ code, message }) => {
  navigator.sendBeacon('/log', JSON.stringify({ code, message }));
});
\`\`\`

## Slots

${named('slot', slots)}

\`\`\`html
<payby-checkout endpoint="/api/payby/orders" reference="cart-42">
  <h2 slot="header">Pay for your coffee</h2>
  <span slot="pay-label">Pay AED 12.34</span>
  <p slot="paid">Your table is kept until eight.</p>
  <p slot="footer">Questions? Call 04 123 4567.</p>
</payby-checkout>
\`\`\`

## Custom properties

[Theming](theming.md) has an editor for them.

${table(
  ['property', 'default', 'meaning'],
  cssProperties.map((property) => [
    code(property.name),
    'default' in property ? code(String(property.default)) : '',
    inLine(property.description),
  ]),
)}

## Parts

For what the custom properties do not reach: \`payby-checkout::part(button)\`.

${named('part', cssParts)}

## States

One for each phase, for style sheets: \`payby-checkout:state(paid)\`. Browsers of before 2024 know them as
\`:--paid\`, or not at all.

${named('state', cssStates)}

\`\`\`css
payby-checkout:state(paid) {
  --payby-surface: #f0fbf5;
}
payby-checkout::part(button) {
  text-transform: uppercase;
}
\`\`\`
`;
}

function attributeRow({ name, fieldName, type, default: initial, description }: Attribute) {
  const property = fieldName === name ? '' : `, property ${code(fieldName)}`;
  return [code(name) + property, valuesOf(name, type.text, initial), inLine(description)];
}

/** The words an attribute takes, the initial one first and marked; else what kind of text it is. */
function valuesOf(name: string, type: string, initial = "''"): string {
  if (type === 'boolean') return 'boolean';
  const words = [...type.matchAll(/'([^']*)'/g)].map(([, word = '']) => word);
  const first = initial.replaceAll("'", '');
  if (words.length === 0) return name === 'order' ? 'JSON' : 'text';
  const others = words.filter((word) => word !== first && word !== '');
  return [...(first ? [`**${code(first)}**`] : []), ...others.map(code)].join(', ');
}

function carried(type: string): string {
  const fields = carries[type];
  if (fields === undefined)
    throw new Error(`What does a ${type} carry? Say so in reference-page.ts.`);
  return fields;
}

const typeOf = ({ name, type }: Member): string => {
  if (!type) throw new Error(`The property ${name} has no type.`);
  return type.text;
};

const named = (kind: string, entries: readonly Described[]): string =>
  table(
    [kind, 'what it is'],
    entries.map(({ name, description }) => [code(name), inLine(description)]),
  );

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [head, head.map(() => '---'), ...rows];
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

const code = (text: string): string => `\`${text.replaceAll('|', '\\|')}\``;

const inLine = (text = ''): string => {
  if (text === '') throw new Error('Something of the element is not described.');
  return text.replace(/\s+/g, ' ').replaceAll('|', '\\|');
};

const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);
