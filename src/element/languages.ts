import type { Messages } from './messages/messages.ts';

/** Each file holds one language and exports nothing else. */
const files: Record<string, () => Promise<Record<string, Messages>>> = {
  ar: () => import('./messages/ar.ts'),
  bn: () => import('./messages/bn.ts'),
  fil: () => import('./messages/fil.ts'),
  hi: () => import('./messages/hi.ts'),
  ml: () => import('./messages/ml.ts'),
  ru: () => import('./messages/ru.ts'),
  tl: () => import('./messages/fil.ts'),
  ur: () => import('./messages/ur.ts'),
  zh: () => import('./messages/zh.ts'),
};

/** The wording of a language (`ar`); undefined for one that there is none of. */
export async function loadMessages(language: string): Promise<Messages | undefined> {
  const file = Object.hasOwn(files, language) ? await files[language]?.() : undefined;
  return file && Object.values(file)[0];
}
