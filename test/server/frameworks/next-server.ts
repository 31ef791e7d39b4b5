/** What Next does with a route's module: a request goes to the function named like its method. */
import { createServer } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import * as route from '../../../docs/frameworks/next/route.ts';

const handlers = new Map<string, (request: Request) => Promise<Response>>(
  Object.entries({ GET: route.GET, POST: route.POST, HEAD: route.GET }),
);

const answer = (request: Request) =>
  handlers.get(request.method)?.(request) ?? new Response(null, { status: 405 });

createServer(getRequestListener(answer)).listen(Number(process.env.PORT));
