import type { Messages } from './messages.ts';

const askFirst = 'Kung kababayad lang ninyo, magtanong muna sa tindahan bago magbayad muli.';
const refused = `Hindi nasimulan ng tindahan ang bayad na ito. ${askFirst}`;
const unreadable = `Hindi magamit ang sagot ng tindahan. ${askFirst}`;

export const fil: Messages = {
  lang: 'fil',
  title: 'Magbayad gamit ang BOTIM o PayBy',
  intro: 'Kumpirmahin ang bayad sa app sa inyong phone.',
  pay: 'Magbayad',
  creating: 'Inihahanda ang bayad…',
  phases: {
    awaiting: 'Naghihintay ng bayad',
    scanned: 'Kumpirmahin sa inyong app',
    paid: 'Bayad na',
    failed: 'Hindi natuloy ang bayad',
    expired: 'Nag-expire na ang code',
    cancelled: 'Kinansela ang bayad',
    refunded: 'Na-refund na',
  },
  qrLabel: 'QR code: i-scan gamit ang BOTIM o PayBy para magbayad',
  steps: ['Buksan ang BOTIM o PayBy', 'I-scan', 'Magbayad'],
  checking: 'Ubos na ang oras. Sinusuri muli…',
  reconnecting: 'Kumokonekta muli…',
  offline: 'Offline kayo. Susuriin naming muli kapag may koneksyon na kayo.',
  timeLeft: 'Natitirang oras',
  timeWarnings: { 300: '5 minuto na lang', 60: '1 minuto na lang', 30: '30 segundo na lang' },
  scannedBy: (mask) => `Na-scan ng ${mask}`,
  openApp: {
    phone: 'Buksan ang BOTIM o PayBy',
    botim: 'Magpatuloy sa BOTIM',
    payby: 'Magpatuloy sa PayBy',
  },
  continueInApp: 'Magbayad sa app, pagkatapos ay bumalik sa page na ito.',
  leaving: 'Binubuksan ang pagbabayad…',
  backUnpaid: 'Hindi pa nakapagbayad? Magpatuloy kung saan kayo tumigil.',
  framed:
    'Hindi mabubuksan ng page na ito ang app mula rito. Buksan ito sa sarili nitong tab, o i-scan ang code.',
  showCode: 'Magbayad gamit ang ibang device',
  saveImage: 'I-save ang QR image',
  share: 'I-share',
  saveByHand: 'Pindutin nang matagal ang code para i-save ito, o mag-screenshot.',
  qrFailed: 'Hindi maipakita ang code. Gamitin na lang ang link sa inyong phone.',
  openLink: 'Buksan ang payment link',
  cancel: 'Kanselahin',
  cancelling: 'Kinakansela…',
  notCancelled: 'Hindi nakansela. Maaari pa rin kayong magbayad o sumubok muli.',
  orderNumber: (id) => `Order ${id}`,
  failedHint: 'Hindi natuloy ang bayad, at walang perang ibinawas. Maaari kayong sumubok muli.',
  expiredHint:
    'Walang naibayad sa takdang oras, at walang perang ibinawas. Kumuha ng bagong code para magpatuloy.',
  lapsedHint: `Walang dumating na bayad sa takdang oras. ${askFirst}`,
  cancelledHint: 'Nakansela ang bayad na ito, at walang perang ibinawas.',
  refundedHint: 'Natuloy ang bayad na ito at naibalik na sa inyo.',
  again: 'Kumuha ng bagong code',
  retry: 'Subukan muli',
  goOn: 'Magpatuloy',
  resume: 'Ituloy ang bayad',
  close: 'Isara',
  required: 'Pakikumpleto muna ang bayad.',
  errorTitle: 'Hindi iyon gumana',
  errors: {
    network: 'Hindi maabot ang tindahan. Suriin ang inyong koneksyon at subukan muli.',
    timeout:
      'Masyadong matagal sumagot ang tindahan. Subukan muli: hindi kayo sisingilin nang dalawang beses.',
    'order-rejected': refused,
    'order-invalid': unreadable,
    'token-url-blocked':
      'Mukhang hindi ligtas ang payment link, kaya hindi ito binuksan, at walang naibayad.',
    'status-unknown': unreadable,
    'qr-failed': unreadable,
    configuration: 'Hindi pa naka-set up ang checkout na ito. Pakisabi sa tindahan.',
  },
};
