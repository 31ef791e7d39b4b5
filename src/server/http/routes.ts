/** The wire contract as routes, and PayBy's notifications beside it. */
import { Hono } from 'hono';
import { cors } from 'hono/cors';
import { messageOf } from '../anomaly.ts';
import { waitAtMost } from '../clock.ts';
import type { CheckoutContext } from '../context.ts';
import { unusable } from '../create-context.ts';
import { closeOrder } from '../orders/close-order.ts';
import { createOrder } from '../orders/create-order.ts';
import { toOrder } from '../orders/order-view.ts';
import { currentOrder } from '../orders/query-order.ts';
import { afterShop, patience } from '../orders/tell-shop.ts';
import type { OrderRecord } from '../stores/order-store.ts';
import { readCreation } from './create-request.ts';
import type { EventStreams } from './events.ts';
import { takeNotification } from './notifications.ts';
import { HttpProblem } from './problem.ts';
import { toProblem } from './to-problem.ts';

/**
 * What somebody wants to do. `order` is there for everything but `create`. A create that would answer
 * an order of before is asked again as `read`, and one that would close it as `cancel`.
 */
export interface Attempt {
  action: 'create' | 'read' | 'cancel';
  /** For its address, cookies and headers. Its body is the kit's and must not be read here. */
  request: Request;
  order?: OrderRecord;
}

/** Whether somebody may. Without it, whoever knows an order's id may read and cancel it. */
export type Authorize = (attempt: Attempt) => boolean | Promise<boolean>;

export interface CorsOptions {
  /** Origins whose pages may use the routes: `https://shop.example`. */
  origin: string | string[];
  /** Whether cookies are taken along; not together with the origin "*". */
  credentials?: boolean;
  /** Further request headers that pages send, such as `Authorization`. */
  headers?: string[];
}

export interface RouteOptions {
  basePath?: string | undefined;
  authorize?: Authorize | undefined;
  cors?: CorsOptions | undefined;
}

/** An id that could not be one of the kit's is not even looked for. */
const orderId = /^[A-Za-z0-9_-]{1,64}$/;

/** @throws TypeError for a `basePath` or `cors` that cannot work */
export function createRoutes(
  ctx: CheckoutContext,
  events: EventStreams,
  options: RouteOptions,
): Hono {
  const { authorize } = options;
  const basePath = checkBasePath(options.basePath ?? '/api/payby');
  checkCors(options.cors);
  const orders = `${basePath}/orders`;
  const app = new Hono({ strict: false });
  const answer = (record: OrderRecord, status = 200) =>
    Response.json(toOrder(record, ctx.payby.partnerId, ctx.clock.now()), { status });

  const may = async (action: Attempt['action'], request: Request, order?: OrderRecord) =>
    authorize === undefined || authorize({ action, request, ...(order && { order }) });

  async function permitted(action: 'read' | 'cancel', id: string, request: Request) {
    const order = orderId.test(id) ? await ctx.store.get(id) : undefined;
    if (order && (await may(action, request, order))) return order;
    throw orderNotFound();
  }

  app.onError((error) => toProblem(error, ctx.anomalies));
  app.notFound(() => notFound().toResponse());
  app.use('*', async (c, next) => {
    try {
      await next();
    } catch (thrown) {
      // Hono gives onError what is an Error, and hands on anything else.
      c.res = toProblem(thrown, ctx.anomalies);
    }
    c.res.headers.set('cache-control', 'no-store');
  });
  if (options.cors) {
    const { origin, credentials = false, headers = [] } = options.cors;
    const allowHeaders = ['Content-Type', 'Idempotency-Key', ...headers];
    const allowMethods = ['GET', 'POST'];
    const exposeHeaders = ['Retry-After'];
    app.use(
      `${orders}/*`,
      cors({ origin, credentials, allowHeaders, allowMethods, exposeHeaders }),
    );
  }

  app.post(orders, async (c) => {
    const request = c.req.raw;
    const permit = async (action: Attempt['action'], order?: OrderRecord) => {
      if (!(await may(action, request, order))) throw forbidden();
    };
    await permit('create');
    const creation = { ...(await readCreation(request, ctx.clock)), request, permit };
    const { record, created } = await createOrder(ctx, creation);
    return answer(record, created ? 201 : 200);
  });

  app.get(`${orders}/:id`, async (c) => {
    const order = await permitted('read', c.req.param('id'), c.req.raw);
    const looked = currentOrder(ctx, order.id).catch((cause) =>
      ctx.anomalies.report({
        code: 'internal',
        message: messageOf(cause),
        orderId: order.id,
        cause,
      }),
    );
    await waitAtMost(ctx.clock, patience, looked);
    return answer((await ctx.store.get(order.id)) ?? order);
  });

  app.get(`${orders}/:id/events`, async (c) => {
    // A HEAD would open a stream that nobody reads and nobody ends.
    if (c.req.method === 'HEAD') throw methodNotAllowed('GET');
    const order = await permitted('read', c.req.param('id'), c.req.raw);
    return events.open(order, c.req.raw);
  });

  app.post(`${orders}/:id/cancel`, async (c) => {
    const order = await permitted('cancel', c.req.param('id'), c.req.raw);
    const closed = await closeOrder(ctx, order.id, 'cancelled');
    return answer(await afterShop(ctx, closed ?? order));
  });

  app.post(`${basePath}/notify`, (c) => takeNotification(ctx, c.req.raw));

  const refuseOthers = (path: string, allow: string) =>
    app.all(path, () => {
      throw methodNotAllowed(allow);
    });
  refuseOthers(orders, 'POST');
  refuseOthers(`${orders}/:id`, 'GET, HEAD');
  refuseOthers(`${orders}/:id/events`, 'GET');
  refuseOthers(`${orders}/:id/cancel`, 'POST');
  refuseOthers(`${basePath}/notify`, 'POST');
  return app;
}

const notFound = () =>
  new HttpProblem({ status: 404, code: 'not-found', detail: 'There is nothing at this address.' });

const orderNotFound = () =>
  new HttpProblem({ status: 404, code: 'order-not-found', detail: 'There is no such order.' });

const forbidden = () =>
  new HttpProblem({ status: 403, code: 'forbidden', detail: 'You may not create this order.' });

const methodNotAllowed = (allow: string) =>
  new HttpProblem({
    status: 405,
    code: 'method-not-allowed',
    detail: `Use ${allow}.`,
    headers: { allow },
  });

function checkCors(cors: CorsOptions | undefined): void {
  if (!cors?.credentials || ![cors.origin].flat().includes('*')) return;
  throw unusable('cors.origin "*" cannot have credentials; name the origins that may send cookies');
}

function checkBasePath(value: string): string {
  if (/^(\/[A-Za-z0-9._~-]+)*\/?$/.test(value)) return value.replace(/\/$/, '');
  throw unusable(`basePath "${value}" is not a path; use one like "/api/payby"`);
}
