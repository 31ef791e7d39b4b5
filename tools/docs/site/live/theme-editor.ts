/** An editor for the custom properties: a live preview, a word on contrast, the CSS to copy. */
import type { PaybyCheckout } from 'payby-checkout';
import { copyButton } from '../copy-buttons.ts';
import { make, makeMenu } from '../make.ts';
import { contrast, parseHex } from './contrast.ts';
import { makeExample, show } from './example.ts';

/** Colours by property: what they are for, and what they are when nobody sets them. */
const colours: readonly { name: string; label: string; light: string; dark: string }[] = [
  { name: '--payby-accent', label: 'Accent', light: '#1a5fd0', dark: '#8ab4ff' },
  { name: '--payby-on-accent', label: 'On the accent', light: '#ffffff', dark: '#0c1a33' },
  { name: '--payby-surface', label: 'Surface', light: '#ffffff', dark: '#191c22' },
  { name: '--payby-text', label: 'Text', light: '#14171f', dark: '#eef1f6' },
  { name: '--payby-muted', label: 'Muted text', light: '#5a6272', dark: '#a3acba' },
  { name: '--payby-line', label: 'Lines', light: '#dfe3ea', dark: '#343a45' },
];

/** Pairs that must be readable, and how well by WCAG AA. */
const pairs: readonly { text: string; on: string; least: number; name: string }[] = [
  { text: '--payby-on-accent', on: '--payby-accent', least: 4.5, name: 'Text on the accent' },
  { text: '--payby-text', on: '--payby-surface', least: 4.5, name: 'Text on the surface' },
  { text: '--payby-muted', on: '--payby-surface', least: 4.5, name: 'Muted text on the surface' },
  { text: '--payby-accent', on: '--payby-surface', least: 3, name: 'The accent on the surface' },
];

const fonts = {
  '': 'the page’s own',
  'system-ui, sans-serif': 'the system’s',
  'Georgia, serif': 'Georgia',
  'ui-monospace, monospace': 'monospace',
};

const shownPhases = { awaiting: 'awaiting', idle: 'idle', paid: 'paid', failed: 'failed' };

export function mountThemeEditor(block: HTMLElement): void {
  const { element, stage } = makeExample();
  const set = new Map<string, string>();
  const code = make('code', {});
  const verdicts = make('ul', { class: 'verdicts' });
  const inputs = new Map(colours.map(({ name }) => [name, make('input', { type: 'color' })]));

  const change = (name: string, value: string) => {
    if (value === '') set.delete(name);
    else set.set(name, value);
    draw();
  };
  const isDark = () =>
    getComputedStyle(element).colorScheme === 'dark' || (isDevice() && prefersDark());
  const isDevice = () => /light dark/.test(getComputedStyle(element).colorScheme);
  const colourOf = (name: string) => {
    const colour = colours.find((one) => one.name === name);
    return set.get(name) ?? (isDark() ? colour?.dark : colour?.light) ?? '#000000';
  };

  function draw(): void {
    for (const { name } of colours) apply(element, name, set.get(name));
    for (const name of ['--payby-qr-size', '--payby-radius', '--payby-font']) {
      apply(element, name, set.get(name));
    }
    for (const [name, input] of inputs) input.value = colourOf(name);
    code.textContent = cssOf(set);
    verdicts.replaceChildren(...pairs.map((pair) => verdictOf(pair, colourOf)));
  }

  const colourFields = colours.map(({ name, label }) => {
    const input = inputs.get(name) ?? make('input', { type: 'color' });
    input.addEventListener('input', () => change(name, input.value));
    return make('label', { class: 'field colour' }, input, make('span', {}, label));
  });
  const forget = make('button', { type: 'button', class: 'quiet' }, 'Start again');
  forget.addEventListener('click', () => {
    set.clear();
    for (const range of ranges) range.value = range.defaultValue;
    draw();
  });
  const size = makeRange('Side of the code, px', 200, 400, 248, (value) =>
    change('--payby-qr-size', `${value}px`),
  );
  const radius = makeRange('Radius of corners, px', 0, 32, 16, (value) =>
    change('--payby-radius', `${value}px`),
  );
  const ranges = [size.range, radius.range];
  const fields = make(
    'div',
    { class: 'fields' },
    makeMenu('Theme', { '': 'as the page', light: 'light', dark: 'dark' }, (value) => {
      element.setAttribute('theme', value);
      draw();
    }),
    makeMenu('Phase', shownPhases, (phase) => show(element, phase)),
    makeMenu('Font', fonts, (value) => change('--payby-font', value)),
    size.field,
    radius.field,
  );
  const pre = make('pre', { tabindex: '0', role: 'group', 'aria-label': 'Your CSS' }, code);
  block.replaceChildren(
    make('div', { class: 'fields' }, ...colourFields),
    fields,
    stage,
    make('p', { class: 'label' }, 'Contrast'),
    make('div', { role: 'status' }, verdicts),
    make('p', { class: 'label' }, 'Your CSS'),
    make(
      'div',
      { class: 'code' },
      pre,
      copyButton(() => code),
    ),
    forget,
  );
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', draw);
  draw();
  show(element, 'awaiting');
}

const prefersDark = () => matchMedia('(prefers-color-scheme: dark)').matches;

function apply(element: PaybyCheckout, name: string, value: string | undefined): void {
  if (value === undefined) element.style.removeProperty(name);
  else element.style.setProperty(name, value);
}

function cssOf(set: ReadonlyMap<string, string>): string {
  if (set.size === 0) return '/* Change something above: what you changed stands here. */';
  const lines = [...set].map(([name, value]) => `  ${name}: ${value};`);
  return ['payby-checkout {', ...lines, '}'].join('\n');
}

function verdictOf(
  { text, on, least, name }: (typeof pairs)[number],
  colourOf: (name: string) => string,
): HTMLElement {
  const ratio = contrast(parseHex(colourOf(text)), parseHex(colourOf(on)));
  const isEnough = ratio >= least;
  // Rounded down: 4.49 is not 4.5.
  const shown = (Math.floor(ratio * 100) / 100).toFixed(2);
  const verdict = isEnough ? 'good' : `too little, WCAG AA asks for ${least}`;
  return make(
    'li',
    { class: isEnough ? 'good' : 'bad' },
    `${isEnough ? '✓' : '✗'} ${name}: ${shown}, ${verdict}`,
  );
}

function makeRange(
  label: string,
  min: number,
  max: number,
  value: number,
  choose: (value: number) => void,
): { field: HTMLElement; range: HTMLInputElement } {
  const limits = { min: String(min), max: String(max), value: String(value) };
  const range = make('input', { type: 'range', ...limits });
  range.addEventListener('input', () => choose(range.valueAsNumber));
  return { field: make('label', { class: 'field' }, make('span', {}, label), range), range };
}
