import type { AppMessages } from '../messages.ts';

export const app: AppMessages = {
  openApp: {
    phone: 'Open BOTIM or PayBy',
    botim: 'Continue in BOTIM',
    payby: 'Continue in PayBy',
  },
  continueInApp: 'Pay in the app, then come back to this page.',
  leaving: 'Opening the payment…',
  backUnpaid: 'Not paid yet? Continue where you left off.',
  framed: 'This page cannot open the app from here. Open it in its own tab, or scan the code.',
  showCode: 'Pay from another device',
  saveImage: 'Save QR image',
  share: 'Share',
  saveByHand: 'Press and hold the code to save it, or take a screenshot.',
};
