/** The device's own way to hand something on. An object, so that a test can stand in its way. */
export const sharing = {
  isThere: (): boolean => typeof navigator.share === 'function',

  /**
   * Hands on a picture, or where pictures cannot be, the link.
   *
   * @returns false when the customer thought better of it; rejects when it cannot be done
   */
  async share(picture: File, title: string, url: string): Promise<boolean> {
    const data = { files: [picture], title };
    try {
      await navigator.share(navigator.canShare?.(data) ? data : { title, url });
      return true;
    } catch (cause) {
      if (cause instanceof DOMException && cause.name === 'AbortError') return false;
      throw cause;
    }
  },
};
