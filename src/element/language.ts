import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { en } from './messages/en.ts';
import type { Messages } from './messages/messages.ts';

const loaded = new Map<string, Messages>([['en', en]]);
const connected = new Set<ReactiveControllerHost>();
let observer: MutationObserver | undefined;

const updateAll = () => {
  for (const host of connected) host.requestUpdate();
};

/**
 * Adds a language, or replaces the wording of one, for every checkout on the page. Start from the
 * exported `en` to keep what you do not change: `registerMessages({ ...en, pay: 'Pay now' })`.
 */
export function registerMessages(messages: Messages): void {
  loaded.set(messages.lang.toLowerCase(), messages);
  updateAll();
}

/** The wording for an element: its own language or the page's, loaded when needed, else English. */
export class Language implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  #messages = en;
  #wanted = '';

  constructor(host: ReactiveControllerHost & HTMLElement) {
    this.#host = host;
    host.addController(this);
  }

  get messages(): Messages {
    return this.#messages;
  }

  /** The element's own direction, else that of the language it is worded in. */
  get dir(): 'ltr' | 'rtl' {
    const { dir } = this.#host;
    if (dir === 'ltr' || dir === 'rtl') return dir;
    return /^(ar|ur|fa|he)\b/.test(this.#messages.lang) ? 'rtl' : 'ltr';
  }

  hostConnected(): void {
    connected.add(this.#host);
    // One observer for all: the language may be switched at any time.
    observer ??= new MutationObserver(updateAll);
    for (const watched of [document.documentElement, this.#host]) {
      observer.observe(watched, { attributeFilter: ['lang', 'dir'] });
    }
    this.#host.requestUpdate();
  }

  hostDisconnected(): void {
    connected.delete(this.#host);
    if (connected.size === 0) observer?.disconnect();
  }

  hostUpdate(): void {
    const tag = languageOf(this.#host).toLowerCase();
    const language = tag.split('-')[0] ?? '';
    const known = loaded.get(tag) ?? loaded.get(language);
    if (known) this.#messages = known;
    else if (tag !== this.#wanted) void this.#load(language);
    this.#wanted = tag;
  }

  /** Until the language is there, and where it cannot be had, what is on screen stays. */
  async #load(language: string): Promise<void> {
    try {
      const { loadMessages } = await import('./languages.ts');
      const messages = (await loadMessages(language)) ?? loaded.get('en') ?? en;
      // What the page registered in the meantime stays.
      if (!loaded.has(language)) loaded.set(language, messages);
      this.#host.requestUpdate();
    } catch {
      this.#wanted = '';
    }
  }
}

/** The nearest `lang` around an element, through shadow roots; the browser's language if there is none. */
function languageOf(element: Element): string {
  for (let at: Element | undefined = element; at; ) {
    const lang = at.closest('[lang]')?.getAttribute('lang');
    if (lang) return lang;
    const root: Node = at.getRootNode();
    at = root instanceof ShadowRoot ? root.host : undefined;
  }
  return navigator.language;
}
