import { navigation } from './navigate.ts';

/** The way out of the page into an app, also from within a frame. An object, so that a test can stand in its way. */
export const exit = {
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
      navigation.assign(url);
      return true;
    }
    try {
      // Throws where the frame's sandbox forbids it, or the browser, without a press.
      if (window.top) window.top.location.href = url;
      return window.top !== null;
    } catch {
      return isPressed && openTab(url);
    }
  },
};

/** Whether a tab was opened; where a sandbox forbids that, Firefox throws and the others answer null. */
function openTab(url: string): boolean {
  let tab: Window | null = null;
  try {
    tab = window.open(url);
    // A frame without an origin may open a tab, but in Chromium and WebKit not touch it.
    if (tab) tab.opener = null;
  } catch {}
  return tab !== null;
}
