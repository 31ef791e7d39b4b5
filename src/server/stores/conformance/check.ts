/** What a case expects, in web standards alone: the suite runs wherever a store does. */

/** @throws Error with both values, when they are not the same all the way down */
export function equal(actual: unknown, expected: unknown, what: string): void {
  if (isSame(actual, expected)) return;
  throw new Error(`${what}: expected ${shown(expected)}, got ${shown(actual)}`);
}

/** @throws Error unless the promise is rejected with a message that says `part` */
export async function rejects(promise: Promise<unknown>, part: string): Promise<void> {
  const outcome = await promise.then(
    (value) => `resolved to ${shown(value)}`,
    (cause: unknown) => (cause instanceof Error ? cause.message : String(cause)),
  );
  if (!outcome.includes(part)) throw new Error(`expected the error "${part}", got: ${outcome}`);
}

/** Members are compared by name, whatever their order; one that is `undefined` is not an absent one. */
function isSame(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true;
  if (!isObject(one) || !isObject(other) || Array.isArray(one) !== Array.isArray(other))
    return false;
  const names = Object.keys(one);
  if (names.length !== Object.keys(other).length) return false;
  return names.every((name) => Object.hasOwn(other, name) && isSame(one[name], other[name]));
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

const longest = 500;

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > longest ? `${text.slice(0, longest)}… (${text.length} characters)` : text;
}
