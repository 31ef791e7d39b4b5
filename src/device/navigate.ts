/** The only place that leaves the page. An object, so that a test can stand in its way. */
export const navigation = {
  /** Goes to `url`, which must have passed the host check. */
  assign(url: string): void {
    location.assign(url);
  },

  isFramed: (): boolean => window.top !== window,

  /**
   * Goes to `url`, which must have passed the host check, with the whole tab: an app's page does not let
   * itself be framed.
   *
   * @param isPressed the customer has just pressed for it: a frame that may not take the tab along may
   *   then open another one
   * @returns whether there was a way
   */
  leave(url: string, isPressed = false): boolean {
    if (!this.isFramed()) {
      this.assign(url);
      return true;
    }
    try {
      // Throws where the frame's sandbox forbids it, or the browser, without a press.
      if (window.top) window.top.location.href = url;
      return true;
    } catch {
      const tab = isPressed && window.open(url);
      if (tab) tab.opener = null;
      return Boolean(tab);
    }
  },
};
