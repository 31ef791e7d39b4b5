/**
 * Money is a decimal string everywhere in the kit ("12.34" is 12 dirhams 34 fils) and a JSON number
 * only on the wire. Fourteen digits survive that number exactly; nothing is ever computed with it.
 */

/** PayBy's acquiring API takes dirhams only. */
export const currency = 'AED';

export interface Amount {
  /** Major units with two decimals: "12.34". */
  amount: string;
  /** ISO 4217: "AED". */
  currency: string;
}

const decimal = /^(0|[1-9]\d{0,11})(?:\.(\d{1,2}))?$/;

/**
 * An amount in its one canonical form, two decimals: "5" and "5.0" become "5.00".
 *
 * @throws TypeError unless it is a decimal string with at most 12 digits before and 2 after the point
 */
export function parseAmount(value: unknown, field = 'amount'): string {
  const match = typeof value === 'string' ? decimal.exec(value) : null;
  if (match) return `${match[1]}.${(match[2] ?? '').padEnd(2, '0')}`;
  const shown = typeof value === 'string' ? JSON.stringify(value.slice(0, 40)) : String(value);
  throw new TypeError(
    `${field} ${shown} is not a decimal string; use at most 12 digits, a point and 2 digits, such as "12.34"`,
  );
}

/**
 * {@link parseAmount} for amounts that must be paid.
 *
 * @throws TypeError also for zero
 */
export function parsePositiveAmount(value: unknown, field = 'amount'): string {
  const amount = parseAmount(value, field);
  if (amount !== '0.00') return amount;
  throw new TypeError(`${field} ${JSON.stringify(value)} is zero; PayBy takes amounts from "0.01"`);
}

/** The wire's number for a decimal string; the same errors as {@link parseAmount}. */
export const amountToWire = (amount: string, field?: string): number =>
  Number(parseAmount(amount, field));

/**
 * The decimal string for a number from the wire.
 *
 * @throws TypeError for negative numbers and for more digits than PayBy has: `1.005`
 */
export const amountFromWire = (amount: number, field?: string): string =>
  parseAmount(String(amount), field);

/** Whether both are the same money, however many decimals are written. */
export const sameAmount = (one: Amount, other: Amount): boolean =>
  one.currency === other.currency && parseAmount(one.amount) === parseAmount(other.amount);
