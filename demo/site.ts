/** The demo's HTTP side: the built page under a strict policy, the shop's books, the checkout. */
import { serveStatic } from '@hono/node-server/serve-static';
import { Hono } from 'hono';
import type { Checkout } from 'payby-checkout/server';
import { applyFaults } from './faults.ts';
import { forwardWallet, type Wallet } from './phone-wallet.ts';
import { createPreview } from './preview.ts';
import type { Shop } from './shop.ts';

/**
 * What a page with the checkout needs at the least: nothing inline, no data: or blob:. `frame-src` is for
 * the phone that this page draws beside the checkout; a shop can leave it out.
 */
export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self'",
  "frame-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "require-trusted-types-for 'script'",
  'trusted-types lit-html',
].join('; ');

export interface SiteParts {
  shop: Shop;
  checkout: Checkout;
  /** The sandbox's wallet; there is none at PayBy's own gateway. */
  wallet?: Wallet | undefined;
  /** The folder of the built page. */
  pages: string;
  /** The folder of the documents as a site; without it there is nothing at /docs/. */
  docs?: string | undefined;
}

export function createSite({ shop, checkout, wallet, pages, docs }: SiteParts): Hono {
  const site = new Hono();
  const noStore = { 'cache-control': 'no-store' };
  site.use('/api/payby/orders/*', applyFaults);
  site.all('/api/payby/*', ({ req }) => checkout.fetch(req.raw));
  site.use('/api/preview/*', applyFaults);
  site.route('/api/preview', createPreview());
  site.get('/api/shop/carts/:reference', (context) => {
    const paid = shop.payment(context.req.param('reference'));
    return context.json(paid ? { paid } : {}, 200, noStore);
  });
  site.get('/api/shop/wallet', (context) =>
    context.json(wallet ? { origin: wallet.origin } : {}, 200, noStore),
  );
  if (wallet) site.route('/', forwardWallet(wallet));
  site.use(async (context, next) => {
    await next();
    context.header('content-security-policy', contentSecurityPolicy);
    context.header('x-content-type-options', 'nosniff');
    context.header('referrer-policy', 'same-origin');
  });
  if (docs !== undefined) {
    const rewriteRequestPath = (path: string) => path.replace(/^\/docs/, '');
    site.get('/docs', ({ redirect }) => redirect('docs/'));
    site.use('/docs/*', serveStatic({ root: docs, rewriteRequestPath }));
  }
  site.use(serveStatic({ root: pages }));
  return site;
}
