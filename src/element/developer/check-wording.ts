import { tell } from './tell-settings.ts';

type Wording = Partial<Record<string, unknown>>;

/**
 * Tells what is wrong with wording that the page has registered, and takes out of it what cannot be shown:
 * the checkout's own is shown for that.
 *
 * @returns whether something was taken out
 */
export async function checkWording(given: Wording): Promise<boolean> {
  const { languageNames, loadMessages } = await import('../languages.ts');
  const shape: Wording = { ...(await loadMessages('ar')) };
  const { problems, wrong } = wordingProblems(given, shape, languageNames);
  problems.forEach(tell);
  for (const name of wrong) Reflect.deleteProperty(given, name);
  return wrong.length > 0;
}

/**
 * What is wrong with wording, a sentence each, and the keys that cannot be shown.
 *
 * @param shape the wording of some language, for its keys and what is under them
 * @param builtIn the languages that come with the package
 */
export function wordingProblems(given: Wording, shape: Wording, builtIn: readonly string[]) {
  const { lang } = given;
  if (typeof lang !== 'string') {
    const way = 'name its language, as in registerMessages({ lang: "en", pay: "Pay now" })';
    return {
      problems: [`registerMessages: lang is missing, so nothing is used; ${way}.`],
      wrong: [],
    };
  }
  const name = `registerMessages "${lang}"`;
  const keys = Object.keys(given);
  const known = keys.filter((key) => Object.hasOwn(shape, key));
  const unknown = keys.filter((key) => !Object.hasOwn(shape, key));
  const wrong = known.filter((key) => misfit(given[key], shape[key]));
  const missing = Object.keys(shape).filter((key) => given[key] === undefined);
  const isNew = !builtIn.some((language) => language === lang.toLowerCase().split('-')[0]);
  const problems = [
    ...(isTag(lang) ? [] : [`${name}: lang is no language tag; use one such as "ar" or "en-GB".`]),
    ...unknown.map((key) => `${name}: there is no "${key}"${near(key, Object.keys(shape))}.`),
    ...wrong
      .filter((key) => given[key] !== undefined)
      .map((key) => `${name}: ${key} ${misfit(given[key], shape[key])}; it is left out.`),
    ...(isNew && missing.length > 0
      ? [`${name} lacks ${missing.join(', ')}; they are shown in English.`]
      : []),
  ];
  return { problems, wrong };
}

/** Why a value cannot be shown; undefined when it can. */
function misfit(value: unknown, model: unknown): string | undefined {
  if (typeof value !== typeof model) return `is ${kindOf(value)} instead of ${kindOf(model)}`;
  if (typeof model !== 'object' || model === null) return undefined;
  const parts =
    typeof value === 'object' && value !== null ? new Map(Object.entries(value)) : new Map();
  const lacking = Object.keys(model).filter((key) => typeof parts.get(key) !== 'string');
  return lacking.length > 0 ? `lacks ${lacking.join(', ')}` : undefined;
}

const kindOf = (value: unknown) => (typeof value === 'object' ? 'an object' : `a ${typeof value}`);

/** The key that was probably meant. */
function near(key: string, keys: readonly string[]): string {
  const bare = (text: string) => text.toLowerCase().replace(/[^a-z]/g, '');
  const [start, all] = [bare(key).slice(0, 3), bare(key)];
  const found =
    keys.find((known) => bare(known) === all) ??
    keys.find((known) => bare(known).startsWith(start));
  return found && start.length === 3 ? `; did you mean "${found}"?` : '';
}

function isTag(lang: string): boolean {
  try {
    return Intl.getCanonicalLocales(lang).length === 1;
  } catch {
    return false;
  }
}
