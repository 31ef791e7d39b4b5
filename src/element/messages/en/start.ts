import type { StartMessages } from '../messages.ts';
import { askFirst } from './ask-first.ts';

/** English comes with the script, each part of it with the part of the script that says it. */
export const start: StartMessages = {
  lang: 'en',
  title: 'Pay with BOTIM or PayBy',
  intro: 'Confirm the payment in the app on your phone.',
  pay: 'Pay',
  creating: 'Preparing your payment…',
  cancel: 'Cancel',
  retry: 'Try again',
  required: 'Please complete the payment first.',
  errorTitle: 'That did not work',
  errors: {
    network: 'The shop could not be reached. Check your connection and try again.',
    timeout: 'The shop took too long to answer. Try again: you will not be charged twice.',
    'order-rejected': `The shop could not start this payment. ${askFirst}`,
    configuration: 'This checkout is not set up yet. Please tell the shop.',
  },
};
