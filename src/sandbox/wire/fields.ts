/** Fields that several operations have in their `bizContent`. */
import * as v from 'valibot';

/** Whether `value` is an absolute http or https URL. */
export const isHttpUrl = (value: string): boolean =>
  URL.canParse(value) && /^https?:$/.test(new URL(value).protocol);

export const text = (max: number) => v.pipe(v.string(), v.minLength(1), v.maxLength(max));

/** Text that may be empty. */
export const note = (max: number) => v.pipe(v.string(), v.maxLength(max));

/** A number the merchant gave: of an order, or of a refund. */
export const merchantNo = v.pipe(v.string(), v.regex(/^[\w-]{1,64}$/));

/** A number PayBy gave. */
export const paybyNo = text(64);

/** Epoch ms. */
export const epoch = v.pipe(v.number(), v.integer());

export const notifyUrl = v.pipe(
  v.string(),
  v.maxLength(200),
  v.check(isHttpUrl, 'expected an http(s) URL'),
);

/** One text for all spellings of the same business parameters: the order of keys does not matter. */
export const fingerprint = (bizContent: unknown): string =>
  JSON.stringify(bizContent, (_, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );

/** The named fields, those that are there. */
export const pick = (from: Record<string, unknown>, keys: string[]): Record<string, unknown> =>
  Object.fromEntries(keys.filter((key) => key in from).map((key) => [key, from[key]]));
