import type { DialogMessages } from '../messages.ts';

export const dialog: DialogMessages = {
  resume: 'Continue payment',
  close: 'Close',
};
