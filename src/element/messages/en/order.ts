import type { OrderMessages } from '../messages.ts';
import { askFirst } from './ask-first.ts';
import { start } from './start.ts';

const unreadable = `The shop’s answer could not be used. ${askFirst}`;

export const order: OrderMessages = {
  phases: {
    awaiting: 'Waiting for payment',
    scanned: 'Confirm in your app',
    paid: 'Paid',
    failed: 'Payment failed',
    expired: 'Code expired',
    cancelled: 'Payment cancelled',
    refunded: 'Refunded',
  },
  errors: {
    ...start.errors,
    'order-invalid': unreadable,
    'token-url-blocked':
      'The payment link did not look safe, so it was not opened, and nothing was paid.',
    'status-unknown': unreadable,
    'qr-failed': unreadable,
  },
  qrLabel: 'QR code: scan it with BOTIM or PayBy to pay',
  steps: ['Open BOTIM or PayBy', 'Scan', 'Pay'],
  checking: 'Time is up. Checking once more…',
  reconnecting: 'Reconnecting…',
  offline: 'You are offline. We check again as soon as you are back.',
  timeLeft: 'Time left',
  scannedBy: (mask) => `Scanned by ${mask}`,
  cancelling: 'Cancelling…',
  notCancelled: 'It could not be cancelled. You can still pay, or try again.',
  qrFailed: 'The code could not be drawn. Use the link on your phone instead.',
  openLink: 'Open payment link',
};
