import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { checkout } from './checkout.ts';

const app = new Hono();

// On Bun, Deno and at the edge the same line does, with the runtime's own server.
app.all('/api/payby/*', (c) => checkout.fetch(c.req.raw));

app.post('/api/echo', async (c) => c.json(await c.req.json()));

const serverOptions = { headersTimeout: 10_000, requestTimeout: 30_000 };
serve({ fetch: app.fetch, port: Number(process.env.PORT ?? 3000), serverOptions });
