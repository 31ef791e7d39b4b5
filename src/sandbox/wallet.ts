/** The wallet behind a code: shows the order, and pays, declines or leaves it. */
import { type Context, Hono } from 'hono';
import * as v from 'valibot';
import { declined, type Payer, paid, type SandboxOrder, scannedBy } from './order.ts';
import type { OrderBook, Token } from './order-book.ts';
import { contentSecurityPolicy, walletPage } from './wallet-page.ts';
import { type WalletAction, type WalletView, walletView } from './wallet-view.ts';

/** Everybody who opens a code in the sandbox is this person. */
const sandboxPayer: Payer = { mid: '100000030030', mobileNumberMask: '+971-58*92' };

export interface WalletPorts {
  book: OrderBook;
  partnerId: string;
  /** Epoch ms. */
  now: () => number;
  /** Told about every order that a payer's action has finished. */
  onFinished: (order: SandboxOrder) => void;
}

/** The link in a code, in PayBy's shape: `<origin>/wallet?BIZ_TYPE=202&ft=…&t=…`. */
export const walletUrl = (publicUrl: string, { ft, issuedAt }: Token): string =>
  `${publicUrl}/wallet?BIZ_TYPE=202&ft=${ft}&t=${issuedAt}`;

export function createWallet(ports: WalletPorts): Hono {
  const { book, now, onFinished } = ports;
  const app = new Hono();
  const changes: Record<WalletAction, (order: SandboxOrder) => SandboxOrder> = {
    pay: (order) => paid(order, { paidTime: now(), payerMid: sandboxPayer.mid }),
    decline: declined,
    leave: (order) => order,
  };

  /** Changes an order that may be paid; to any other, and a second time, it does nothing. */
  const act = (ft: string, change: (order: SandboxOrder) => SandboxOrder) => {
    const view = walletView(book, ft);
    if (view.kind !== 'payable') return;
    const order = book.save(change(scannedBy(view.order, sandboxPayer)));
    if (order.state.status !== 'CREATED') onFinished(order);
  };

  app.get('/wallet', (c) => {
    const { ft = '', did } = c.req.query();
    // A link preview asks with HEAD; only somebody who sees the page has scanned the code.
    if (c.req.method === 'GET') act(ft, (order) => order);
    return show(c, walletView(book, ft, v.is(action, did) ? did : undefined), ports);
  });

  for (const did of action.options) {
    app.post(`/wallet/${did}`, async (c) => {
      const ft = new URLSearchParams(await c.req.text()).get('ft') ?? '';
      act(ft, changes[did]);
      // Relative, so that it also holds behind a proxy that adds a path.
      return c.redirect(`../wallet?${new URLSearchParams({ ft, did })}`, 303);
    });
  }
  return app;
}

const action = v.picklist(['pay', 'decline', 'leave']);

const statuses: Partial<Record<WalletView['kind'], 404 | 410>> = { unknown: 404, lapsed: 410 };

const show = (c: Context, view: WalletView, { now, partnerId }: WalletPorts) =>
  c.html(walletPage(view, { now: now(), partnerId }), statuses[view.kind] ?? 200, {
    'Cache-Control': 'no-store',
    'Content-Security-Policy': contentSecurityPolicy,
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
  });
