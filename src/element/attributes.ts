import type { PropertyDeclaration } from 'lit';

/** A property that is text; when its attribute is taken away it is `initial` again. */
export function text(initial = ''): PropertyDeclaration {
  return { converter: { fromAttribute: (value) => value ?? initial } };
}

/** An `order` attribute that is no JSON is passed on as it is, so that the error can show it. */
export function parseOrder(value: string | null): unknown {
  if (value === null) return undefined;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}
