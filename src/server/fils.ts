/** Sums of money are sums of fils, whole numbers: 100 to the dirham, and 14 digits of them are exact. */

/** @param amount a decimal string with two decimals: "12.34" */
export const filsOf = (amount: string): number => Number(amount.replace('.', ''));

/** The decimal string of a whole number of fils, 0 or more. */
export function fromFils(fils: number): string {
  const digits = String(fils).padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
