const { port1, port2 } = new MessageChannel();
let resume = () => {};
port1.onmessage = () => resume();

/** Every promise that can go on now does so before this resolves. */
const nextTask = () =>
  new Promise<void>((resolve) => {
    resume = resolve;
    port2.postMessage(null);
  });

let mayImport = true;

/** Something happened that may make the checkout import a part of its script. */
export function stir(): void {
  mayImport = true;
}

/**
 * Lets everything that can go on now do so, the parts of the script included that are imported once more
 * and are there already: browsers take several tasks for that, in the order in which they were asked.
 */
export async function settle(): Promise<void> {
  await nextTask();
  while (mayImport) {
    mayImport = false;
    await import('../../../../src/order/decode-answer.ts');
    await nextTask();
  }
}
