/**
 * Every look a checkout can have: the one table that the visual and the accessibility tests go by. To add
 * a scene, add a row, then `npm run visual:update -- <its name>`, and look at its pictures.
 */
import type { Messages } from '../../src/element/messages/messages.ts';
import type { Order } from '../../src/protocol.ts';

/** What the backend answers: JSON, nothing for ever, or not even a connection. */
export type Reply = { status: number; body: unknown } | 'silence' | 'unreachable';

export interface Scene {
  /** Names the pictures, too: small letters and dashes. */
  name: string;
  /** The element's attributes, besides those of the stage: endpoint, theme and lang. */
  attributes?: Readonly<Record<string, string>>;
  /** The answer to the request for an order; an open order by default. */
  create?: Reply;
  /** The answer to every question about the order; the same as to `create` by default. */
  status?: Reply;
  /** The answer to cancelling; never comes by default. */
  cancel?: Reply;
  /** Whether the browser believes to be without a network. */
  isOffline?: boolean;
  /** Whether waits of a few seconds are cut short: those of the questions after an order's time. */
  isHurried?: boolean;
  /** Whether the reader's own few colours replace the page's, as a contrast theme of Windows does. */
  hasForcedColours?: boolean;
  /** Labels of the buttons that are pressed, one after the other; Pay by default. */
  press?: (t: Messages) => readonly string[];
  /** A sentence that no other scene of the same phase shows: the scene is set when it is read. */
  shows: (t: Messages) => string;
  /** Whether a code is to be drawn. */
  hasCode?: boolean;
}

export const languages = ['en', 'ar'] as const;
export const themes = ['light', 'dark'] as const;
export type SceneLanguage = (typeof languages)[number];
export type Theme = (typeof themes)[number];

/** The server's clock in every scene; the customer has a little over twelve minutes. */
export const sceneTime = Date.UTC(2026, 10, 22, 13, 4, 11);
const id = 'M965739182419';
const open: Order = {
  id,
  status: 'pending',
  tokenUrl: 'https://qr.payby.com?BIZ_TYPE=202&ft=7ac14d5d372a459fbe948e83fcaae0cb&t=1765054600668',
  amount: { amount: 12.34, currency: 'AED' },
  subject: 'Cart 42',
  subjectAr: 'سلة المشتريات ٤٢',
  now: sceneTime,
  expiresAt: sceneTime + 754_000,
};

const ok = (order: Partial<Order> = {}): Reply => ({ status: 200, body: { ...open, ...order } });
const problem = (status: number, code: string, detail?: string): Reply => ({
  status,
  body: { status, code, title: code, ...(detail && { detail }) },
});
const down = problem(503, 'unavailable');
const mobileNumberMask = '+971-58*****92';

export const scenes: readonly Scene[] = [
  { name: 'idle', press: () => [], shows: (t) => t.intro },
  { name: 'disabled', attributes: { disabled: '' }, press: () => [], shows: (t) => t.intro },
  { name: 'creating', create: 'silence', shows: (t) => t.steps[0] },
  { name: 'awaiting', shows: (t) => t.phases.awaiting, hasCode: true },
  {
    name: 'awaiting-long',
    create: ok({
      amount: { amount: 1234567.89, currency: 'AED' },
      subject: 'Two nights for a family of five, sea view, breakfast and airport transfer included',
      subjectAr:
        'ليلتان لعائلة من خمسة أفراد بإطلالة على البحر شاملة الإفطار والنقل من المطار وإليه',
      expiresAt: sceneTime + 7_199_000,
    }),
    shows: (t) => t.phases.awaiting,
    hasCode: true,
  },
  {
    name: 'scanned',
    create: ok({ status: 'scanned', payer: { mobileNumberMask } }),
    shows: (t) => t.scannedBy(mobileNumberMask),
    hasCode: true,
  },
  { name: 'phone', attributes: { environment: 'phone' }, shows: (t) => t.saveImage },
  {
    name: 'phone-code',
    attributes: { environment: 'phone' },
    press: (t) => [t.pay, t.showCode],
    shows: (t) => t.saveImage,
    hasCode: true,
  },
  {
    name: 'phone-scanned',
    attributes: { environment: 'phone' },
    create: ok({ status: 'scanned', payer: { mobileNumberMask } }),
    shows: (t) => t.scannedBy(mobileNumberMask),
  },
  { name: 'in-app', attributes: { environment: 'botim' }, shows: (t) => t.openApp.botim },
  { name: 'reconnecting', status: down, shows: (t) => t.reconnecting, hasCode: true },
  {
    name: 'offline',
    isOffline: true,
    status: 'unreachable',
    shows: (t) => t.offline,
    hasCode: true,
  },
  {
    name: 'time-up',
    create: ok({ expiresAt: sceneTime }),
    shows: (t) => t.checking,
    hasCode: true,
  },
  {
    name: 'cancelling',
    press: (t) => [t.pay, t.cancel],
    shows: (t) => t.cancelling,
    hasCode: true,
  },
  {
    name: 'cancel-refused',
    cancel: problem(409, 'order-paid'),
    press: (t) => [t.pay, t.cancel],
    shows: (t) => t.notCancelled,
    hasCode: true,
  },
  {
    name: 'code-failed',
    // Longer than any code can hold.
    create: ok({ tokenUrl: `https://qr.payby.com?${'x'.repeat(3000)}` }),
    shows: (t) => t.qrFailed,
  },
  {
    name: 'paid',
    create: ok({ status: 'paid', paidAt: sceneTime }),
    shows: (t) => t.orderNumber(id),
  },
  {
    name: 'paid-onward',
    attributes: { 'return-url': '#thanks' },
    create: ok({ status: 'paid', paidAt: sceneTime }),
    shows: (t) => t.goOn,
  },
  {
    name: 'dialog-closed',
    attributes: { display: 'dialog' },
    press: () => [],
    shows: (t) => t.pay,
  },
  { name: 'dialog', attributes: { display: 'dialog' }, shows: (t) => t.resume, hasCode: true },
  { name: 'failed', create: ok({ status: 'failed' }), shows: (t) => t.failedHint },
  { name: 'expired', create: ok({ status: 'expired' }), shows: (t) => t.expiredHint },
  {
    name: 'lapsed',
    create: ok({ expiresAt: sceneTime }),
    isHurried: true,
    shows: (t) => t.lapsedHint,
  },
  { name: 'cancelled', create: ok({ status: 'cancelled' }), shows: (t) => t.cancelledHint },
  { name: 'refunded', create: ok({ status: 'refunded' }), shows: (t) => t.refundedHint },
  { name: 'error', create: 'unreachable', shows: (t) => t.errors.network },
  {
    name: 'error-of-the-shop',
    create: problem(422, 'sold-out', 'The last one was just sold.'),
    shows: () => 'The last one was just sold.',
  },
];

/** Scenes with something to tell by colour, in a contrast theme: only pictures can show these. */
export const contrastScenes: readonly Scene[] = scenes
  .filter(({ name }) => ['disabled', 'awaiting', 'reconnecting', 'phone', 'paid'].includes(name))
  .map((scene) => ({ ...scene, name: `${scene.name}-contrast`, hasForcedColours: true }));

/** What the backend of a scene answers to a request. */
export function replyTo(scene: Scene, request: 'create' | 'status' | 'events' | 'cancel'): Reply {
  const create = scene.create ?? ok();
  if (request === 'create') return create;
  if (request === 'cancel') return scene.cancel ?? 'silence';
  // Nothing looks different with a stream; without one the page asks.
  if (request === 'events') return scene.status ?? problem(404, 'no-stream');
  return scene.status ?? create;
}

/** A scene in one language, plain enough to be handed to a page. */
export interface Script {
  lang: string;
  press: readonly string[];
  shows: string;
  hasCode: boolean;
}

export const scriptOf = ({ press, shows, hasCode = false }: Scene, t: Messages): Script => ({
  lang: t.lang,
  press: press?.(t) ?? [t.pay],
  shows: shows(t),
  hasCode,
});
