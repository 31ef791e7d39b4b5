import { isServer, type ReactiveController, type ReactiveControllerHost } from 'lit';
import { nextTask } from '../order/next-task.ts';
import { start } from './messages/en/start.ts';
import type { Messages } from './messages/messages.ts';

/** So long at most the first card waits for its language, ms. */
const patience = 1500;

/** Complete as far as the parts of the script are here that say it. */
const english = { ...start } as Partial<Messages>;
/** What came with the package. */
const builtIn = new Map<string, Partial<Messages>>([['en', english]]);
/** What the page has registered, by language or by tag. */
const registered = new Map<string, Partial<Messages>>();
const connected = new Set<ReactiveControllerHost>();
let observer: MutationObserver | undefined;

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
 * Loads the wording of a language (`ar`, or a tag like `ar-AE`) before it is needed: on a server, which shows
 * only what is there, and on a page, so that the first thing said is said in it. Nothing happens for a
 * language that there is none of; rejects when the file cannot be loaded.
 */
export async function loadLanguage(tag: string): Promise<void> {
  const language = languageIn(tag);
  if (builtIn.has(language)) return;
  const { loadMessages, tellUnknown } = await import('./languages.ts');
  const messages = await loadMessages(language);
  const isBrought = [...registered.keys()].some((tag) => languageIn(tag) === language);
  if (!messages && !isBrought) tellUnknown(language);
  builtIn.set(language, messages ?? {});
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
  #loading: Promise<void> | undefined;

  constructor(host: ReactiveControllerHost & HTMLElement) {
    this.#host = host;
    host.addController(this);
  }

  /** Resolves when the wording that it last asked for is here, cannot be had, or takes too long. */
  get ready(): Promise<unknown> | undefined {
    const late = () => new Promise((resolve) => setTimeout(resolve, patience));
    return this.#loading && Promise.race([this.#loading, late()]);
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
    const dir = isServer ? this.#host.getAttribute('dir') : this.#host.dir;
    if (dir === 'ltr' || dir === 'rtl') return dir;
    return /^(ar|ur|fa|he)\b/.test(this.#messages.lang) ? 'rtl' : 'ltr';
  }

  hostConnected(): void {
    connected.add(this.#host);
    void nextTask().then(() => this.#watch());
  }

  #watch(): void {
    if (!connected.has(this.#host)) return;
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
    const language = languageIn(tag);
    const isBuiltIn = builtIn.has(language);
    if (!isServer && !isBuiltIn && tag !== this.#wanted) this.#loading = this.#load(language);
    this.#wanted = tag;
    // Until the language is there, and where it cannot be had, what is on screen stays.
    if (isBuiltIn || registered.has(language) || registered.has(tag)) this.#shown = [language, tag];
    this.#messages = wording(...this.#shown);
  }

  async #load(language: string): Promise<void> {
    try {
      await loadLanguage(language);
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

const languageIn = (tag: string) => tag.toLowerCase().split('-')[0] ?? '';

/** The nearest `lang` around an element, through shadow roots; the browser's language if there is none. */
function languageOf(element: Element): string {
  // There is no page around it yet.
  if (isServer) return element.getAttribute('lang') ?? 'en';
  for (let at: Element | undefined = element; at; ) {
    const lang = at.closest('[lang]')?.getAttribute('lang');
    if (lang) return lang;
    const root: Node = at.getRootNode();
    at = root instanceof ShadowRoot ? root.host : undefined;
  }
  return navigator.language;
}
