/** The part of a class that tells whose it is. */
interface Copy extends CustomElementConstructor {
  version?: unknown;
}

/**
 * Says that the tag was taken when this copy of the script came: by another copy, which then makes every
 * checkout of the page, or by somebody else's element.
 */
export function tellTaken(taken: Copy, own: string): void {
  const { version } = taken;
  if (typeof version === 'string') {
    const both = version === own ? `twice (${own})` : `twice: ${version}, then ${own}`;
    // biome-ignore lint/suspicious/noConsole: the console is where a page's developer looks
    console.warn(
      `<payby-checkout>: the script was loaded ${both}. The first makes every checkout of the page; registerMessages and the PaybyCheckout class of the second have no effect on them. Load it once. See payby-checkout/docs/troubleshooting.md#loaded-twice`,
    );
    return;
  }
  // biome-ignore lint/suspicious/noConsole: the console is where a page's developer looks
  console.error(
    `<payby-checkout>: the tag is taken by an element that is not payby-checkout ${own}'s; nothing can be paid with it. Remove the other definition, or define a class that extends the one of payby-checkout/element under another tag. See payby-checkout/docs/troubleshooting.md#tag-taken`,
  );
}
