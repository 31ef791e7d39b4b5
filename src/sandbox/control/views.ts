/** What the control tells of an order, a refund and the clock, as JSON. */
import { acquireOrder } from '../orders/acquire-order.ts';
import type { SandboxOrder } from '../orders/order.ts';
import type { Refund } from '../refunds/refund.ts';
import { refundOrder } from '../refunds/refund-order.ts';
import type { SandboxControl } from './control.ts';

/** The order as PayBy would answer it, who scanned it, and why it failed. */
export const orderView = (order: SandboxOrder, partnerId: string) => ({
  ...acquireOrder(order, partnerId),
  scannedBy: order.payer?.id,
  because: 'because' in order.state ? order.state.because : undefined,
});

export const refundView = (refund: Refund) => ({
  ...refundOrder(refund),
  originOrderNo: refund.originOrderNo,
});

export const clockView = (control: SandboxControl) => ({
  now: control.now(),
  timeScale: control.timeScale,
});
