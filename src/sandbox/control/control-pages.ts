/** The control over HTTP: JSON for programs, a page with forms for people, below `/control`. */
import { type Context, Hono } from 'hono';
import { ActionError } from '../actions.ts';
import { contentSecurityPolicy, controlPage, type PageSettings } from './page/control-page.ts';
import { createRoutes, type Fields, type Route, type RoutePorts } from './routes.ts';
import { isOwn } from './same-origin.ts';

export interface ControlPagePorts extends Pick<RoutePorts, 'control' | 'actions'> {
  /** What a merchant's backend needs to know, and where payers reach the sandbox. */
  settings: () => PageSettings;
}

const statuses = { invalid: 400, unknown: 404, conflict: 409 } as const;

export function createControlPages(ports: ControlPagePorts): Hono {
  const { control, settings } = ports;
  const app = new Hono();
  const routes = createRoutes({ ...ports, partnerId: settings().partnerId });

  const page = (c: Context, status: 200 | 400 | 404 | 409 = 200, problem?: string) => {
    const view = { control, settings: settings(), root: rootFrom(c.req.path), problem };
    return c.html(controlPage(view), status, {
      'Cache-Control': 'no-store',
      'Content-Security-Policy': contentSecurityPolicy,
      'Referrer-Policy': 'same-origin',
      'X-Content-Type-Options': 'nosniff',
    });
  };

  const serve = async (c: Context, route: Route) => {
    const isForm = hasType(c, 'application/x-www-form-urlencoded');
    try {
      const answer = route(c.req.param('no') ?? '', await readFields(c, isForm));
      if (!isForm) return c.json(answer ?? null, 200, { 'Cache-Control': 'no-store' });
      return c.redirect(`${rootFrom(c.req.path)}control#${c.req.path.split('/')[2]}`, 303);
    } catch (cause) {
      if (!(cause instanceof ActionError)) throw cause;
      const { reason, message } = cause;
      if (isForm) return page(c, statuses[reason], message);
      return c.json({ error: { reason, message } }, statuses[reason]);
    }
  };

  app.use('/control/*', async (c, next) => {
    const sender = {
      method: c.req.method,
      host: c.req.header('host') ?? new URL(c.req.url).host,
      origin: c.req.header('origin'),
      fetchSite: c.req.header('sec-fetch-site'),
    };
    if (isOwn(sender, settings().publicUrl)) return next();
    const message = 'The control takes no requests from pages of another origin.';
    return c.json({ error: { reason: 'cross-origin', message } }, 403);
  });
  app.get('/control', (c) => page(c));
  // Where people look first; relative, so that it also holds behind a proxy's path.
  app.get('/', (c) => c.redirect('control', 302));
  app.get('/control/', (c) => c.redirect('../control', 302));
  for (const [name, route] of Object.entries(routes)) {
    const [method = '', path = ''] = name.split(' ');
    app.on(method, `/control${path}`, (c) => serve(c, route));
  }
  return app;
}

/** The fields of a JSON object or a form; a request without a body has none. */
async function readFields(c: Context, isForm: boolean): Promise<Fields> {
  const text = await c.req.text();
  if (isForm) return Object.fromEntries(new URLSearchParams(text));
  if (c.req.method === 'GET') return {};
  if (!hasType(c, 'application/json')) {
    throw new ActionError('invalid', 'Content-Type is not application/json; send it with that.');
  }
  const value = text === '' ? {} : readJson(text);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new ActionError('invalid', 'The body is not a JSON object; send one, or none.');
  }
  return { ...value };
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ActionError('invalid', 'The body is not JSON.');
  }
}

const hasType = (c: Context, type: string) =>
  c.req.header('content-type')?.split(';')[0]?.trim().toLowerCase() === type;

/** The way from a page below `/control` to the folder it is in; also right behind a proxy's path. */
const rootFrom = (path: string) => '../'.repeat(path.split('/').length - 2);
