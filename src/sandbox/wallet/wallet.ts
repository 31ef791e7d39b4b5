/** The wallet behind a code: shows the order, and pays, declines or leaves it. */
import { type Context, Hono } from 'hono';
import * as v from 'valibot';
import type { Actions } from '../actions.ts';
import type { OrderBook } from '../orders/order-book.ts';
import { payerById } from '../orders/payers.ts';
import type { Token } from '../orders/token-book.ts';
import { contentSecurityPolicy, walletPage } from './wallet-page.ts';
import { type Visit, type WalletAction, type WalletView, walletView } from './wallet-view.ts';

export interface WalletPorts {
  book: OrderBook;
  partnerId: string;
  /** Epoch ms. */
  now: () => number;
  actions: Pick<Actions, 'scan' | 'pay' | 'decline'>;
}

/** The link in a code, in PayBy's shape: `<origin>/wallet?BIZ_TYPE=202&ft=…&t=…`. */
export const walletUrl = (publicUrl: string, { ft, issuedAt }: Token): string =>
  `${publicUrl}/wallet?BIZ_TYPE=202&ft=${ft}&t=${issuedAt}`;

export function createWallet(ports: WalletPorts): Hono {
  const { book, actions } = ports;
  const app = new Hono();
  const changes: Record<WalletAction, (orderNo: string, payer: string) => unknown> = {
    pay: (orderNo, payer) => actions.pay(orderNo, { payer }),
    decline: actions.decline,
    leave: actions.scan,
  };

  /** Changes an order that may be paid; to any other, and a second time, it does nothing. */
  const act = (visit: Visit, change: (orderNo: string, payer: string) => unknown) => {
    const view = walletView(book, visit);
    if (view.kind === 'payable') change(view.order.orderNo, view.payer.id);
  };

  app.get('/wallet', (c) => {
    const { ft = '', did, as = '' } = c.req.query();
    const visit = { ft, payer: payerById(as) };
    // A link preview asks with HEAD; only somebody who sees the page has scanned the code.
    if (c.req.method === 'GET') act(visit, actions.scan);
    const view = walletView(book, { ...visit, did: v.is(action, did) ? did : undefined });
    return show(c, view, ports);
  });

  for (const did of action.options) {
    app.post(`/wallet/${did}`, async (c) => {
      const form = new URLSearchParams(await c.req.text());
      const ft = form.get('ft') ?? '';
      const payer = payerById(form.get('as') ?? '');
      act({ ft, payer }, changes[did]);
      const query = new URLSearchParams({ ft, did, ...(payer && { as: payer.id }) });
      // Relative, so that it also holds behind a proxy that adds a path.
      return c.redirect(`../wallet?${query}`, 303);
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
