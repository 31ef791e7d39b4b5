/** Money inside the sandbox is a whole number of fils (1 AED = 100 fils); on the wire it is AED. */
import * as v from 'valibot';

/**
 * PayBy's money: a JSON number with both its decimals (`200.00`), which `JSON.stringify` alone
 * cannot write. It also shows a client that verifies anything but the raw bytes that it is wrong.
 */
export interface WireMoney {
  amount: unknown;
  currency: 'AED';
}

// Part of V8 since Node 22, not yet of TypeScript's library.
const { rawJSON } = JSON as JSON & { rawJSON(text: string): unknown };

/**
 * `amount` of AED in fils; undefined unless it is above 0 with ≤ 12 digits before and ≤ 2 after the
 * point. Decimal text is counted by its digits, never as a binary fraction.
 */
export function filsOf(amount: number | string): number | undefined {
  const [, whole = '', part = ''] = /^(\d{1,12})(?:\.(\d{1,2}))?$/.exec(String(amount)) ?? [];
  return Number(whole + part.padEnd(2, '0')) || undefined;
}

/** `Money` in a request, as fils. The documentation sends a number, the PHP SDK a string like `"0.3"`. */
export const moneySchema = v.object({
  amount: v.pipe(
    v.union([v.number(), v.string()]),
    v.rawTransform(({ dataset, addIssue, NEVER }) => {
      const fils = filsOf(dataset.value);
      if (fils !== undefined) return fils;
      addIssue({
        message: 'expected above 0, with at most 12 digits before and 2 after the point',
      });
      return NEVER;
    }),
  ),
  currency: v.literal('AED'),
});

export const wireMoney = (fils: number): WireMoney => ({
  amount: rawJSON(decimal(fils)),
  currency: 'AED',
});

/** For people: `AED 1,234.50`, with a space that does not break. */
export const displayMoney = (fils: number): string =>
  `AED\u00a0${decimal(fils).replace(/\B(?=(\d{3})+\.)/g, ',')}`;

function decimal(fils: number): string {
  const digits = String(fils).padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
