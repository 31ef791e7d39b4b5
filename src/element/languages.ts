import { formatAmount } from './format.ts';
import { ar } from './messages/ar.ts';
import type { Messages } from './messages/messages.ts';
import { warnDeveloper } from './warn-developer.ts';

/**
 * Each file holds one language and exports nothing else. Arabic, the language of the Emirates, comes with this list,
 * and so a trip earlier than the others.
 */
const files: Record<string, () => Promise<Record<string, Messages>>> = {
  ar: async () => ({ ar }),
  bn: () => import('./messages/bn.ts'),
  fil: () => import('./messages/fil.ts'),
  hi: () => import('./messages/hi.ts'),
  ml: () => import('./messages/ml.ts'),
  ru: () => import('./messages/ru.ts'),
  tl: () => import('./messages/fil.ts'),
  ur: () => import('./messages/ur.ts'),
  zh: () => import('./messages/zh.ts'),
};

/** The languages that come with the package. */
export const languageNames: readonly string[] = ['en', ...Object.keys(files)];

/** Languages that somebody was told there are none of. */
const unknown = new Set<string>();

/** Says once for each language that there is no wording in it, and how to bring one. */
export function tellUnknown(language: string): void {
  if (unknown.has(language)) return;
  unknown.add(language);
  const message = `<payby-checkout>: there is no wording in "${language}", English is shown. There are ${languageNames.join(', ')}; registerMessages({ lang: "${language}", … }) brings another.`;
  warnDeveloper({ code: 'configuration', message });
}

/** The wording of a language (`ar`); undefined for one that there is none of. */
export async function loadMessages(language: string): Promise<Messages | undefined> {
  const file = Object.hasOwn(files, language) ? await files[language]?.() : undefined;
  // The first amount takes a slow phone 50 ms and more, but for dirhams in English: before there is an order.
  if (file) formatAmount({ amount: 0, currency: 'USD' }, 'en');
  return file && Object.values(file)[0];
}
