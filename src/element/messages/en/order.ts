import type { OrderMessages } from '../messages.ts';

export const order: OrderMessages = {
  qrLabel: 'QR code: scan it with BOTIM or PayBy to pay',
  steps: ['Open BOTIM or PayBy', 'Scan', 'Pay'],
  checking: 'Time is up. Checking once more…',
  reconnecting: 'Reconnecting…',
  offline: 'You are offline. We check again as soon as you are back.',
  timeLeft: 'Time left',
  timeWarnings: { 300: '5 minutes left', 60: '1 minute left', 30: '30 seconds left' },
  scannedBy: (mask) => `Scanned by ${mask}`,
  cancelling: 'Cancelling…',
  notCancelled: 'It could not be cancelled. You can still pay, or try again.',
  qrFailed: 'The code could not be drawn. Use the link on your phone instead.',
  openLink: 'Open payment link',
};
