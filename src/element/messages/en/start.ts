import type { StartMessages } from '../messages.ts';
import { askFirst } from './ask-first.ts';

const refused = `The shop could not start this payment. ${askFirst}`;
const unreadable = `The shop’s answer could not be used. ${askFirst}`;

/** English comes with the script, each part of it with the part of the script that says it. */
export const start: StartMessages = {
  lang: 'en',
  title: 'Pay with BOTIM or PayBy',
  intro: 'Confirm the payment in the app on your phone.',
  pay: 'Pay',
  creating: 'Preparing your payment…',
  phases: {
    awaiting: 'Waiting for payment',
    scanned: 'Confirm in your app',
    paid: 'Paid',
    failed: 'Payment failed',
    expired: 'Code expired',
    cancelled: 'Payment cancelled',
    refunded: 'Refunded',
  },
  cancel: 'Cancel',
  retry: 'Try again',
  required: 'Please complete the payment first.',
  errorTitle: 'That did not work',
  errors: {
    network: 'The shop could not be reached. Check your connection and try again.',
    timeout: 'The shop took too long to answer. Try again: you will not be charged twice.',
    'order-rejected': refused,
    'order-invalid': unreadable,
    'token-url-blocked':
      'The payment link did not look safe, so it was not opened, and nothing was paid.',
    'status-unknown': unreadable,
    'qr-failed': unreadable,
    configuration: 'This checkout is not set up yet. Please tell the shop.',
  },
};
