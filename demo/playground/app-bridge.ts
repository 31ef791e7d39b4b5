/** The bridge that PayBy's app puts into its pages, here with the phone beside the page as the app. */

/** Opens the payment with this token, and calls back once the customer has left it. */
type Pay = (token: string, onLeft: () => void) => void;

/** Puts the bridge into the page, or takes it away. */
export function setBridge(pay: Pay | undefined): void {
  if (!pay) {
    Reflect.deleteProperty(window, 'ToPayJSBridge');
    return;
  }
  Reflect.set(window, 'ToPayJSBridge', {
    invoke(_name: string, { token }: { token: string }, onLeft: () => void) {
      pay(token, onLeft);
    },
  });
}
