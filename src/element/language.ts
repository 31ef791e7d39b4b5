import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { start } from './messages/en/start.ts';
import type { Messages } from './messages/messages.ts';

/** Complete as far as the parts of the script are here that say it. */
const english = { ...start } as Partial<Messages>;
/** What came with the package. */
const builtIn = new Map<string, Partial<Messages>>([['en', english]]);
/** What the page has registered, by language or by tag. */
const registered = new Map<string, Partial<Messages>>();
const connected = new Set<ReactiveControllerHost>();
let observer: MutationObserver | undefined;

/** As they write it in the Emirates, in one kind of digits everywhere: the countdown's. */
export const locale = (lang: string) => `${lang}-AE-u-nu-latn`;

const updateAll = () => {
  for (const host of connected) host.requestUpdate();
};

/** Every wording that the page has registered. */
export const registeredMessages = () => registered.values();

/** Adds what a part of the script says in English. */
export const addEnglish = (messages: Partial<Messages>): void => {
  Object.assign(english, messages);
};

/**
 * Replaces wording of a language, or adds one, for every checkout on the page. What is left out stays
 * as it is, or English in a language of the page's own: `registerMessages({ lang: 'en', pay: 'Pay now' })`.
 */
export function registerMessages(messages: Partial<Messages> & Pick<Messages, 'lang'>): void {
  // Without types anything may come; it is looked at once there is an order, and then explained.
  const tag = String(messages?.lang).toLowerCase();
  registered.set(tag, { ...registered.get(tag), ...messages });
  updateAll();
}

/**
 * The wording for an element: that of the nearest `lang` around it, through shadow roots, loaded when it is
 * needed, else English. Localization libraries for components look at the element and the page only, and
 * want every language to be there already.
 */
export class Language implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  #wanted = '';
  #shown: [language: string, tag: string] = ['en', 'en'];
  #messages = wording('en', 'en');

  constructor(host: ReactiveControllerHost & HTMLElement) {
    this.#host = host;
    host.addController(this);
  }

  get messages(): Messages {
    return this.#messages;
  }

  /** What is always there, and always right. */
  get english(): Messages {
    return english as Messages;
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
    const isBuiltIn = builtIn.has(language);
    if (!isBuiltIn && tag !== this.#wanted) void this.#load(language, tag);
    this.#wanted = tag;
    // Until the language is there, and where it cannot be had, what is on screen stays.
    if (isBuiltIn || registered.has(language) || registered.has(tag)) this.#shown = [language, tag];
    this.#messages = wording(...this.#shown);
  }

  async #load(language: string, tag: string): Promise<void> {
    try {
      const { loadMessages, tellUnknown } = await import('./languages.ts');
      const messages = await loadMessages(language);
      if (!messages && !registered.has(language) && !registered.has(tag)) tellUnknown(language);
      builtIn.set(language, messages ?? {});
      this.#host.requestUpdate();
    } catch {
      this.#wanted = '';
    }
  }
}

/** The wording in a language, with the page's own; English where there is none. */
const wording = (language: string, tag: string) =>
  ({
    ...english,
    ...registered.get('en'),
    ...builtIn.get(language),
    ...registered.get(language),
    ...registered.get(tag),
    // Each part of the script brings the English that it says.
  }) as Messages;

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
