/** What a page asked for, and whether two pages asked for the same. */
import { toBase64, toUtf8 } from '../bytes.ts';

export interface Wish {
  /** The reference as the page sent it. */
  readonly reference?: string;
  /** Any JSON. */
  readonly details?: unknown;
}

/** The wish of anything that has one, without its other fields. */
export const wishOf = ({ reference, details }: Wish): Wish => ({
  ...(reference !== undefined && { reference }),
  ...(details !== undefined && { details }),
});

/** Details that are longer, in characters, are known by their hash where they need not be read again. */
const longDetails = 200;

/** The wish to tell others apart from, in little room: an order may have any number of keys. */
export async function briefWish(wish: Wish): Promise<Wish> {
  const text = JSON.stringify(wish.details, sortMembers) ?? '';
  if (text.length <= longDetails) return wishOf(wish);
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', toUtf8(text)));
  return wishOf({ ...wish, details: `sha256:${toBase64(digest)}` });
}

export const isSameWish = (one: Wish, other: Wish): boolean =>
  one.reference === other.reference && isSameJson(one.details, other.details);

/** Whether two values are the same JSON; the order of an object's members says nothing. */
export const isSameJson = (one: unknown, other: unknown): boolean =>
  JSON.stringify(one, sortMembers) === JSON.stringify(other, sortMembers);

function sortMembers(_: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const members = Object.entries(value);
  return Object.fromEntries(members.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Whether JSON is nested at most `levels` deep: deeper, and walking it may end the stack. */
export const isShallow = (value: unknown, levels: number): boolean =>
  typeof value !== 'object' ||
  value === null ||
  (levels > 0 && Object.values(value).every((member) => isShallow(member, levels - 1)));
