/** The device's own way to hand something on. An object, so that a test can stand in its way. */
export const sharing = {
  isThere: (): boolean => typeof navigator.share === 'function',

  /**
   * Hands on a picture, or where pictures cannot be, the link.
   *
   * @returns false when the customer thought better of it, or is being asked already; rejects when it
   *   cannot be done
   */
  async share(picture: File, title: string, url: string): Promise<boolean> {
    const data = { files: [picture], title };
    try {
      await navigator.share(navigator.canShare?.(data) ? data : { title, url });
      return true;
    } catch (cause) {
      // The second of two quick presses finds the first one's sheet still open.
      const isCalm =
        cause instanceof DOMException && /^(Abort|InvalidState)Error$/.test(cause.name);
      if (isCalm) return false;
      throw cause;
    }
  },
};
