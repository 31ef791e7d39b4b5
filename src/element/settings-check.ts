import type { LitElement, ReactiveController } from 'lit';
import { registeredMessages } from './language.ts';
import { type Settings, settingFindings } from './setting-findings.ts';

/** Wording that was looked at, by whichever checkout of the page. */
const seen = new WeakSet<object>();

/**
 * Looks for settings and wording that cannot be what the page's developer meant, and tells them once for
 * each element and value. The words for it are loaded when there is something to tell.
 */
export class SettingsCheck implements ReactiveController {
  readonly #host: LitElement & Settings;
  readonly #told = new Set<string>();

  constructor(host: LitElement & Settings) {
    this.#host = host;
    host.addController(this);
  }

  hostUpdated(): void {
    this.#checkSettings();
    this.#checkWording();
  }

  #checkSettings(): void {
    const fresh = settingFindings(this.#host).filter((finding) => {
      const text = JSON.stringify(finding);
      return !this.#told.has(text) && this.#told.add(text);
    });
    if (fresh.length > 0) this.#withWords(({ tellSettings }) => tellSettings(fresh));
  }

  #checkWording(): void {
    for (const wording of registeredMessages()) {
      if (seen.has(wording)) continue;
      seen.add(wording);
      this.#withWords(async ({ checkWording }) => {
        if (await checkWording(wording)) this.#host.requestUpdate();
      });
    }
  }

  #withWords(tell: (words: typeof import('./developer-part.ts')) => unknown): void {
    import('./developer-part.ts').then(tell).catch(() => {});
  }
}
