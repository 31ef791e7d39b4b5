/** The checkout itself on the page, against a backend in the page. */
import 'payby-checkout';
import type { PaybyCheckout } from 'payby-checkout';
import { make, makeMenu } from '../make.ts';
import { type CreateAnswer, StubBackend, type StubStatus } from './stub-backend.ts';

const backend = new StubBackend();
backend.open();

const note =
  'An example: the order is made up, no request leaves this page, and the code leads nowhere.';

/** A checkout that is ready to be pressed; links into the app are told instead of followed. */
export function makeExample(): { element: PaybyCheckout; stage: HTMLElement } {
  const element = make('payby-checkout', { endpoint: backend.endpoint, environment: 'desktop' });
  const said = make('p', { class: 'note', role: 'status' }, note);
  const stage = make('div', { class: 'stage' }, element, said);
  element.addEventListener('payby-redirect', (event) => event.preventDefault());
  element.addEventListener('click', (event) => {
    const link = event.composedPath().find((node) => node instanceof HTMLAnchorElement);
    if (!link?.href.startsWith('https:')) return;
    event.preventDefault();
    said.textContent = 'Here the app would open with the order. The example’s order is made up.';
  });
  return { element, stage };
}

/** On the first page: a button to press, and nothing to set. */
export function mountFirst(block: HTMLElement): void {
  block.replaceChildren(makeExample().stage);
}

const phases: Readonly<Record<string, string>> = {
  idle: 'idle: nothing pressed yet',
  creating: 'creating',
  awaiting: 'awaiting',
  scanned: 'scanned',
  paid: 'paid',
  failed: 'failed',
  expired: 'expired',
  cancelled: 'cancelled',
  refunded: 'refunded',
  error: 'error: the shop refused',
};

const environments = {
  desktop: 'a desktop',
  phone: 'a phone’s browser',
  botim: 'inside BOTIM',
};

const languages = {
  en: 'English',
  ar: 'العربية',
  bn: 'বাংলা',
  fil: 'Filipino',
  hi: 'हिन्दी',
  ml: 'മലയാളം',
  ru: 'Русский',
  ur: 'اردو',
  zh: '中文',
};

const themes = { '': 'as the page', light: 'light', dark: 'dark' };

/** In the reference: every phase, device, language and theme, and the events as they come. */
export function mountPhases(block: HTMLElement): void {
  const { element, stage } = makeExample();
  const log = make('ol', { class: 'log', 'aria-label': 'Events of the example', tabindex: '0' });
  const names = [
    'order',
    'change',
    'redirect',
    'scanned',
    'paid',
    'failed',
    'expired',
    'cancelled',
    'error',
  ];
  for (const name of names) {
    element.addEventListener(`payby-${name}`, (event) => {
      const phase = name === 'change' ? ` ${element.state.phase}` : '';
      const code = 'code' in event ? ` ${event.code}` : '';
      log.prepend(make('li', {}, `payby-${name}${phase}${code}`));
    });
  }
  const fields = make(
    'div',
    { class: 'fields' },
    makeMenu('Phase', phases, (phase) => show(element, phase)),
    makeMenu('Seen on', environments, (value) => element.setAttribute('environment', value)),
    makeMenu('Language', languages, (value) => element.setAttribute('lang', value)),
    makeMenu('Theme', themes, (value) => element.setAttribute('theme', value)),
  );
  block.replaceChildren(
    fields,
    stage,
    make('p', { class: 'label' }, 'Events, the newest first'),
    log,
  );
}

/** Brings the checkout into a phase the way its backend would. */
export function show(element: PaybyCheckout, phase: string): void {
  const present = element.state.phase;
  const status = phase === 'awaiting' ? 'pending' : phase;
  const isOpen = present === 'awaiting' || present === 'scanned';
  if (isOpen && isStatus(status) && backend.move(element.order?.id, status)) return;
  element.reset();
  if (phase === 'idle') return;
  backend.createAs = createAnswers[phase] ?? (isStatus(status) ? status : 'pending');
  element.start();
  backend.createAs = 'pending';
}

const createAnswers: Readonly<Record<string, CreateAnswer>> = {
  creating: 'never',
  error: 'refusal',
};

const isStatus = (word: string): word is StubStatus =>
  ['pending', 'scanned', 'paid', 'failed', 'expired', 'cancelled', 'refunded'].includes(word);
