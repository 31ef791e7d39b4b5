import type { ResultMessages } from '../messages.ts';
import { askFirst } from './ask-first.ts';

export const result: ResultMessages = {
  timeWarnings: { 300: '5 minutes left', 60: '1 minute left', 30: '30 seconds left' },
  orderNumber: (id) => `Order ${id}`,
  failedHint: 'The payment did not go through, and no money was taken. You can try again.',
  expiredHint: 'Nothing was paid in time, and no money was taken. Get a new code to go on.',
  lapsedHint: `No payment has arrived in time. ${askFirst}`,
  cancelledHint: 'This payment was cancelled, and no money was taken.',
  refundedHint: 'This payment was made and has been returned to you.',
  again: 'Get a new code',
  goOn: 'Continue',
};
