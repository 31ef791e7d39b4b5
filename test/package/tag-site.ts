/** A site that uses the package by a script tag, with the demo's backend behind it. */
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { proxy } from 'hono/proxy';
import { contentSecurityPolicy } from '../../demo/site.ts';
import { freePort } from '../support/free-port.ts';
import type { RunningShop } from '../support/shop.ts';
import { root } from './install.ts';

/** The page's own inline script, which holds an import map, is allowed by it. */
export const nonce = 'cGF5Ynk';

/** The demo's, and no policy at all for Trusted Types: the scripts need none. */
const policy = contentSecurityPolicy
  .replace("script-src 'self'", `$& 'nonce-${nonce}'`)
  .replace('trusted-types lit-html', "trusted-types 'none'");

export interface TagSite {
  /**
   * The address of a page with this head, one checkout in its body and a strict content security policy.
   *
   * @param start the attribute with which it starts
   */
  page(head: string, start?: string): string;
  /** Serves every script whose name matches with something added to it. */
  tamperWith(name: RegExp | undefined): void;
  close(): void;
}

export async function openTagSite(shop: RunningShop): Promise<TagSite> {
  const pages = new Map<string, { head: string; start: string }>();
  let tampered: RegExp | undefined;
  const site = new Hono();
  site.all('/api/*', ({ req }) => proxy(shop.url + req.path, req));
  site.get('/cdn/:name', ({ req, body }) => {
    const name = req.param('name');
    const code = readFileSync(join(root, 'dist/cdn', name), 'utf8');
    const served = tampered?.test(name) ? `${code}\nwindow.tampered = true;` : code;
    return body(served, 200, { 'content-type': 'text/javascript', 'cache-control': 'no-store' });
  });
  site.get('/favicon.ico', ({ body }) => body(null, 204));
  site.get('/pages/:number', ({ req, html }) => {
    const reference = req.param('number');
    const { head, start } = pages.get(reference) ?? { head: '', start: '' };
    const checkout = `<payby-checkout endpoint="/api/payby/orders" reference="tag-${reference}"
      token-hosts="localhost" ${start} updates="poll" lang="en"></payby-checkout>`;
    const text = `<!doctype html><html><head><title>Shop</title>
      ${head}</head><body>${checkout}</body></html>`;
    return html(text, 200, { 'content-security-policy': policy });
  });
  const port = await freePort();
  const server = serve({ fetch: site.fetch, hostname: '127.0.0.1', port });
  await once(server, 'listening');
  return {
    page(head, start = 'autostart') {
      const number = String(pages.size + 1);
      pages.set(number, { head, start });
      return `http://localhost:${port}/pages/${number}`;
    },
    tamperWith(name) {
      tampered = name;
    },
    close() {
      server.close();
      if ('closeAllConnections' in server) server.closeAllConnections();
    },
  };
}
