/**
 * Where a message to a developer or an operator is explained: a heading of docs/troubleshooting.md, as a path
 * in the installed package.
 */
export const entryOf = (heading: string): string =>
  `payby-checkout/docs/troubleshooting.md#${heading}`;
