/**
 * The states of a checkout as a picture. What follows what is asked of `nextState` and `canStart` themselves, so an arrow
 * that the code does not know, or one that is missing, ends the build.
 */
import { CheckoutError } from '../../src/order/checkout-error.ts';
import { nextState, type OrderNews } from '../../src/order/next-state.ts';
import { canStart, type OrderState, type Phase } from '../../src/order/order-state.ts';
import { type OrderStatus, orderStatuses } from '../../src/order-status.ts';

const orderIn = (status: OrderStatus) => ({ id: 'order', status });
const phaseOf = (status: OrderStatus): Exclude<Phase, 'idle' | 'creating' | 'error'> =>
  status === 'pending' ? 'awaiting' : status;
const error = new CheckoutError('network', 'an example');

/** One state of each phase, and the one that only the time has ended. */
const states: readonly OrderState[] = [
  { phase: 'idle' },
  { phase: 'creating' },
  { phase: 'error', error },
  ...orderStatuses.map(
    (status): OrderState => ({ phase: phaseOf(status), order: orderIn(status) }),
  ),
];
const lapsed: OrderState = { phase: 'expired', order: orderIn('pending'), isLapsed: true };

const news: readonly OrderNews[] = [
  { type: 'lapsed' },
  ...orderStatuses.map((status): OrderNews => ({ type: 'reported', order: orderIn(status) })),
];

/** What the checkout does by itself: it starts where it can, and breaks while there is no order yet. */
const ownSteps = (state: OrderState): OrderState[] => [
  ...(canStart(state) ? [{ phase: 'creating' } as const] : []),
  ...(state.phase === 'creating' ? [{ phase: 'error', error } as const] : []),
];

const followers = (state: OrderState): Set<Phase> =>
  new Set(
    [...news.map((each) => nextState(state, each)), ...ownSteps(state)]
      .filter((next) => next !== state && next.phase !== state.phase)
      .map(({ phase }) => phase),
  );

/** Every phase and those that may follow it; reset, which leads to idle from anywhere, is left out. */
export const transitions: ReadonlyMap<Phase, ReadonlySet<Phase>> = new Map(
  states.map((state) => [state.phase, followers(state)]),
);

/** What may follow an order whose time is up while the backend has not spoken its last word. */
const afterLapse: ReadonlySet<Phase> = followers(lapsed);

const open: readonly Phase[] = ['awaiting', 'scanned'];
const unpaid: readonly Phase[] = ['failed', 'expired', 'cancelled'];
const over: readonly Phase[] = ['paid', 'refunded', ...unpaid];

/** The arrows of the picture, between groups of phases. */
const arrows: readonly (readonly [readonly Phase[], readonly Phase[]])[] = [
  [['idle'], ['creating']],
  [['creating'], ['error']],
  [['creating'], open],
  [['creating'], over],
  [['awaiting'], ['scanned']],
  [['scanned'], ['awaiting']],
  [open, over],
  [[...unpaid, 'error'], ['creating']],
];

/** @throws Error when the picture and the code do not say the same */
export function checkArrows(): void {
  const drawn = new Set(
    arrows.flatMap(([from, to]) => from.flatMap((a) => to.map((b) => `${a} → ${b}`))),
  );
  const real = new Set(
    [...transitions].flatMap(([a, next]) => [...next].map((b) => `${a} → ${b}`)),
  );
  const wrong = [...drawn, ...real].filter((arrow) => !drawn.has(arrow) || !real.has(arrow));
  if (!afterLapse.has('paid')) wrong.push('expired → paid, late');
  if (wrong.length > 0)
    throw new Error(`The diagram of states is out of step: ${wrong.join(', ')}`);
}

const box = (x: number, y: number, width: number, phase: Phase, kind = '') =>
  `<g class="state ${kind}"><rect x="${x}" y="${y}" width="${width}" height="36" rx="8"/><text x="${x + width / 2}" y="${y + 23}">${phase}</text></g>`;
const group = (y: number, height: number, title: string) =>
  `<rect class="group" x="8" y="${y}" width="264" height="${height}" rx="12"/><text class="title" x="20" y="${y + 20}">${title}</text>`;
const line = (path: string) => `<path class="arrow" d="${path}" marker-end="url(#states-tip)"/>`;
const word = (x: number, y: number, text: string, anchor: 'start' | 'middle' | 'end' = 'start') =>
  `<text class="word" x="${x}" y="${y}" text-anchor="${anchor}">${text}</text>`;

const description =
  'From idle, a start leads to creating. From there an answer leads to an open order, to one that is over, ' +
  'or to error. An open order is awaiting or scanned and may go back and forth. It ends as paid, refunded, ' +
  'failed, expired or cancelled. After failed, expired, cancelled or error a new start leads to creating. ' +
  'An order that expired only by the time may still become paid.';

/** Colours of the file itself; in the site the page's own are used. */
const style = `<style>
svg{color-scheme:light dark;--line:#6c7584;--text:#14171f;--soft:#f3f5f8;--good:#0f7a4d;--bad:#b3261e}
@media(prefers-color-scheme:dark){svg{--line:#97a1b1;--text:#eef1f6;--soft:#242932;--good:#56d39b;--bad:#ff9d94}}
text{font:14px system-ui,sans-serif;fill:var(--text);text-anchor:middle}
.title,.word{font-size:12px}.title,.word[text-anchor=start]{text-anchor:start}.word[text-anchor=end]{text-anchor:end}
.state rect{fill:none;stroke:var(--line)}.group{fill:var(--soft)}
.good rect{stroke:var(--good);stroke-width:2}.bad rect{stroke:var(--bad)}
.arrow{fill:none;stroke:var(--line);stroke-width:1.5}.late{stroke-dasharray:3 3}.tip{fill:var(--line)}
</style>`;

/** @param isFile whether it stands alone and brings its colours */
export function drawStates({ isFile = false } = {}): string {
  checkArrows();
  const size = isFile ? ' width="364" height="528"' : '';
  return [
    `<svg class="states" xmlns="http://www.w3.org/2000/svg" viewBox="-44 0 364 528"${size} role="img" aria-labelledby="states-title states-text">`,
    '<title id="states-title">The states of a checkout</title>',
    `<desc id="states-text">${description}</desc>`,
    ...(isFile ? [style] : []),
    '<defs><marker id="states-tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto-start-reverse"><path class="tip" d="M0 0 8 4 0 8z"/></marker></defs>',
    box(88, 8, 104, 'idle'),
    line('M140 44V82'),
    word(148, 67, 'start'),
    box(88, 84, 104, 'creating'),
    box(88, 160, 104, 'error', 'bad'),
    line('M140 120V158'),
    word(148, 143, 'no order'),
    group(232, 88, 'open'),
    box(24, 268, 96, 'awaiting'),
    box(160, 268, 96, 'scanned'),
    line('M120 280H158'),
    line('M160 292H122'),
    line('M88 110H60V230'),
    word(52, 176, 'order', 'end'),
    line('M140 320V358'),
    word(148, 343, 'the last word'),
    group(360, 156, 'over'),
    box(24, 396, 96, 'paid', 'good'),
    box(24, 448, 96, 'refunded'),
    box(160, 376, 96, 'failed', 'bad'),
    box(160, 420, 96, 'expired', 'bad'),
    box(160, 464, 96, 'cancelled', 'bad'),
    // Again, from what did not end well; and an order that is over when it is first heard of.
    line('M88 96H-8V434H6'),
    word(-14, 176, 'over', 'end'),
    line('M256 394H304V96H194'),
    '<path class="arrow" d="M256 438H304V394M256 482H304V438M192 178H304"/>',
    word(298, 90, 'again', 'end'),
    '<path class="arrow late" d="M160 430H140V414H122" marker-end="url(#states-tip)"/>',
    word(140, 448, 'late', 'middle'),
    '</svg>',
    ...(isFile ? [''] : []),
  ].join('');
}
