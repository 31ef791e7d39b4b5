import { acquireOrder } from '../orders/acquire-order.ts';
import type { SandboxOrder } from '../orders/order.ts';
import type { OrderBook } from '../orders/order-book.ts';
import type { Refund } from '../refunds/refund.ts';
import { refundOrder } from '../refunds/refund-order.ts';
import type { NotificationContent } from './notifier.ts';

export interface AnnouncerPorts {
  book: OrderBook;
  partnerId: string;
  send: (url: string, content: NotificationContent) => void;
}

/** Tells the merchant what has ended, where a request named a `notifyUrl`. */
export function createAnnouncer({ book, partnerId, send }: AnnouncerPorts) {
  return {
    onFinished(order: SandboxOrder) {
      const { notifyUrl } = order.terms;
      if (notifyUrl) send(notifyUrl, { acquireOrder: acquireOrder(order, partnerId) });
    },
    /** A refund without a URL of its own is told where its order's payment was. */
    onRefunded(refund: Refund) {
      const order = book.byOrderNo(refund.originOrderNo);
      const notifyUrl = refund.terms.notifyUrl ?? order?.terms.notifyUrl;
      if (notifyUrl) send(notifyUrl, { refundOrder: refundOrder(refund) });
    },
  };
}
