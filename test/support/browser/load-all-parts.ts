/** Loads all that is loaded on first use, so that nothing after it waits for the network. */
export async function loadAllParts(): Promise<void> {
  await Promise.all([
    import('../../../src/element/order-part.ts'),
    import('../../../src/element/app-part.ts'),
    import('../../../src/element/dialog-part.ts'),
    import('../../../src/element/follow-part.ts'),
    import('../../../src/element/qr-code.ts'),
    import('../../../src/order/decode-answer.ts'),
  ]);
}
