/** The demo's HTTP side: the built page under a strict policy, the shop's books, the checkout. */
import { serveStatic } from '@hono/node-server/serve-static';
import { Hono } from 'hono';
import type { Checkout } from 'payby-checkout/server';
import type { Shop } from './shop.ts';

/** What a page with the checkout needs at the least: nothing inline, no data: or blob:. */
export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "require-trusted-types-for 'script'",
  'trusted-types lit-html',
].join('; ');

export function createSite(shop: Shop, checkout: Checkout, pages: string): Hono {
  const site = new Hono();
  site.all('/api/payby/*', ({ req }) => checkout.fetch(req.raw));
  site.get('/api/shop/carts/:reference', (context) => {
    const paid = shop.payment(context.req.param('reference'));
    return context.json(paid ? { paid } : {}, 200, { 'cache-control': 'no-store' });
  });
  site.use(async (context, next) => {
    await next();
    context.header('content-security-policy', contentSecurityPolicy);
    context.header('x-content-type-options', 'nosniff');
    context.header('referrer-policy', 'same-origin');
  });
  site.use(serveStatic({ root: pages }));
  return site;
}
