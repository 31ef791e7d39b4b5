import { ar } from '../../src/element/messages/ar.ts';
import { bn } from '../../src/element/messages/bn.ts';
import { fil } from '../../src/element/messages/fil.ts';
import { hi } from '../../src/element/messages/hi.ts';
import type { Messages } from '../../src/element/messages/messages.ts';
import { ml } from '../../src/element/messages/ml.ts';
import { ru } from '../../src/element/messages/ru.ts';
import { ur } from '../../src/element/messages/ur.ts';
import { zh } from '../../src/element/messages/zh.ts';
import { en } from './english.ts';
import passedThrough from './samples/dynqr-order.response.json' with { type: 'json' };
import { type Reply, type Scene, scenes } from './scenes.ts';

export interface StrictScene extends Scene {
  /** English when absent. */
  messages?: Messages;
  /** The element's children. */
  content?: string;
  /** Stand around the element. */
  around?: readonly [before: string, after: string];
  /** The page's own script, a file of its own; runs before the checkout's. */
  script?: string;
  /** In the page: whether all has happened. */
  until?: () => boolean;
}

declare global {
  interface Window {
    /** What a scene's own script has to tell. */
    told?: string[];
  }
}

const order = {
  id: 'M965739182419',
  status: 'pending',
  tokenUrl: 'https://qr.payby.com?BIZ_TYPE=202&ft=7ac14d5d372a459fbe948e83fcaae0cb&t=1765054600668',
  amount: { amount: 12.34, currency: 'AED' },
};
const { head, body } = passedThrough;
/** PayBy's JSON tells no time: the server's own clock counts. */
const acquireOrder = { ...body.acquireOrder, expiredTime: Date.now() + 3_600_000 };
const answer = (body: unknown, status = 200): Reply => ({ status, body });
const waits = (t: Messages) => t.phases.awaiting;
const noPress = () => [];
const phone = { environment: 'phone' };
const hasTold = () => (window.told?.length ?? 0) > 0;

/** Every error that can be shown, besides those of the looks. */
const errors: StrictScene[] = [
  {
    name: 'timeout',
    create: 'silence',
    script: `const { setTimeout: wait } = window;
      window.setTimeout = (run, ms) => wait(run, ms === 30_000 ? 50 : ms);`,
    shows: (t) => t.errors.timeout,
  },
  {
    name: 'order-rejected',
    create: answer({ code: 'no-cart' }, 403),
    shows: (t) => t.errors['order-rejected'],
  },
  { name: 'order-invalid', create: answer({}), shows: (t) => t.errors['order-invalid'] },
  {
    name: 'token-url-blocked',
    create: answer({ ...order, tokenUrl: 'https://elsewhere.example/' }),
    shows: (t) => t.errors['token-url-blocked'],
  },
  { name: 'status-unknown', create: answer({ ...order, status: 'PENDING_REVIEW' }), shows: waits },
  { name: 'configuration', attributes: { endpoint: '' }, shows: (t) => t.errors.configuration },
];

/** Every way a page can use the checkout. */
const uses: StrictScene[] = [
  { name: 'autostart', attributes: { autostart: '' }, press: noPress, shows: waits, hasCode: true },
  {
    name: 'pass-through',
    create: answer({ head, body: { ...body, acquireOrder } }),
    attributes: { 'token-hosts': new URL(body.interActionParams.tokenUrl).hostname },
    shows: waits,
    hasCode: true,
  },
  {
    name: 'order-attribute',
    attributes: { order: JSON.stringify(order) },
    press: noPress,
    shows: waits,
    hasCode: true,
  },
  {
    name: 'create-order',
    script: `addEventListener('DOMContentLoaded', () => {
      document.querySelector('payby-checkout').createOrder = async () => (${JSON.stringify(order)});
    });`,
    shows: waits,
    hasCode: true,
  },
  {
    name: 'in-a-form',
    around: ['<form><fieldset>', '</fieldset><button>Send</button></form>'],
    attributes: { name: 'payment', required: '' },
    create: answer({ ...order, status: 'paid' }),
    shows: (t) => t.phases.paid,
    until: () => document.querySelector('form')?.checkValidity() === true,
  },
  {
    name: 'slots',
    content: `<h2 slot="header">Header</h2><p slot="footer">Footer</p>
      <b slot="pay-label">Pay</b><p slot="paid">Thanks</p><img slot="logo" alt="" src="/logo.svg">`,
    shows: waits,
    hasCode: true,
  },
  {
    name: 'save-image',
    attributes: phone,
    press: (t) => [t.pay, t.saveImage],
    script: `window.told = [];
      const { createObjectURL } = URL;
      URL.createObjectURL = (file) => { told.push(file.name); return createObjectURL(file); };`,
    shows: (t) => t.saveImage,
    until: hasTold,
  },
  {
    name: 'share',
    attributes: phone,
    press: (t) => [t.pay, t.share],
    script: `window.told = [];
      navigator.canShare = () => true;
      navigator.share = async ({ files }) => void told.push(files[0].name);`,
    shows: (t) => t.share,
    until: hasTold,
  },
  {
    name: 'in-app-bridge',
    attributes: { environment: 'payby', 'in-app': 'bridge' },
    create: answer({ ...order, bridge: { appId: '2000', token: 'abc' } }),
    script: `window.told = [];
      window.ToPayJSBridge = { invoke: (name, data, done) => { told.push(name); done(); } };`,
    shows: (t) => t.openApp.payby,
    until: hasTold,
  },
  {
    name: 'in-app-code',
    attributes: { environment: 'botim', 'in-app': 'qr' },
    shows: waits,
    hasCode: true,
  },
];

const languages: StrictScene[] = [ar, bn, fil, hi, ml, ru, ur, zh].map((messages) => ({
  name: `in-${messages.lang}`,
  messages,
  shows: waits,
  hasCode: true,
}));

/** All that a checkout can be asked to do and to show. */
export const strictScenes: readonly StrictScene[] = [...scenes, ...errors, ...uses, ...languages];

export const messagesOf = ({ messages = en }: StrictScene): Messages => messages;
