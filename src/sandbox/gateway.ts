/** The HTTP side of the acquiring API: signed requests in, signed answers out. */
import type { KeyObject } from 'node:crypto';
import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { methodNotAllowed } from 'hono/method-not-allowed';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { Operation } from './operations.ts';
import { Refusal } from './return-codes.ts';
import { openRequest } from './signed-request.ts';

/** The path of PayBy's API on its host. */
export const apiPath = '/sgs/api';

/** No request is larger, in bytes. */
const maxBody = 256 * 1024;

/** What the gateway answered to one request. */
export interface RequestReport {
  kind: 'request';
  method: string;
  path: string;
  /** The HTTP status; PayBy answers most refusals with 200. */
  status: number;
  /** `head.code` and `head.msg` of an API answer. */
  code?: string;
  msg?: string;
  traceCode?: string;
  /** What the sandbox itself stumbled over, behind a SYSTEM_ERROR nobody asked for. */
  cause?: unknown;
}

export interface GatewayPorts {
  partnerId: string;
  merchantPublicKey: KeyObject;
  /** The `sign` header for these bytes. */
  sign: (body: Uint8Array) => string;
  operations: Readonly<Record<string, Operation>>;
  /** What else is served on the same origin. */
  wallet: Hono;
  /** Epoch ms. */
  now: () => number;
  report: (report: RequestReport) => void;
}

interface Head {
  applyStatus: 'SUCCESS' | 'FAIL' | 'ERROR';
  code: string;
  msg: string;
  traceCode: string;
}

type Env = { Variables: { head: Head } };

/** The gateway as a Hono app. Whatever comes in, it answers: a refusal, or SYSTEM_ERROR. */
export function createGateway(ports: GatewayPorts): Hono<Env> {
  const app = new Hono<Env>();
  let trace = 100_000;

  const answer = (
    c: Context<Env>,
    head: Omit<Head, 'traceCode'>,
    body?: Record<string, unknown>,
    status: ContentfulStatusCode = 200,
    headers: Record<string, string> = {},
  ) => {
    trace += 1;
    const full: Head = { ...head, traceCode: String(trace) };
    const bytes = new TextEncoder().encode(JSON.stringify({ head: full, body }));
    c.set('head', full);
    return c.body(bytes, status, {
      ...headers,
      'Content-Type': 'application/json;charset=UTF-8',
      'Cache-Control': 'no-store',
      sign: ports.sign(bytes),
    });
  };

  const refuse = (
    c: Context<Env>,
    { applyStatus, code, message }: Refusal,
    status?: ContentfulStatusCode,
    headers?: Record<string, string>,
  ) => answer(c, { applyStatus, code, msg: message }, undefined, status, headers);

  app.use(async (c, next) => {
    await next();
    const { applyStatus: _, ...head } = c.get('head') ?? {};
    const { method, path } = c.req;
    const trouble = c.error && !(c.error instanceof Refusal) && { cause: c.error };
    ports.report({ kind: 'request', method, path, status: c.res.status, ...head, ...trouble });
  });
  app.use(
    methodNotAllowed({
      app,
      onMethodNotAllowed: (c, methods) =>
        refuse(c, new Refusal('INVALID_PARAMETER', `method ${c.req.method}`), 405, {
          Allow: methods.join(', '),
        }),
    }),
  );
  app.use(
    bodyLimit({
      maxSize: maxBody,
      onError: (c) =>
        refuse(c, new Refusal('INVALID_PARAMETER', `body exceeds ${maxBody} bytes`), 413),
    }),
  );
  for (const [path, operation] of Object.entries(ports.operations)) {
    app.post(apiPath + path, async (c) => {
      const request = openRequest(await readRequest(c), { ...ports, now: ports.now() });
      return answer(c, { applyStatus: 'SUCCESS', code: '0', msg: 'SUCCESS' }, operation(request));
    });
  }
  app.route('/', ports.wallet);
  app.notFound((c) => refuse(c, new Refusal('SERVICE_NOT_AVAILABLE', c.req.path), 404));
  app.onError((cause, c) =>
    cause instanceof Refusal ? refuse(c, cause) : refuse(c, new Refusal('SYSTEM_ERROR'), 500),
  );
  return app;
}

const readRequest = async ({ req }: Context) => ({
  partnerId: req.header('partner-id'),
  sign: req.header('sign'),
  contentType: req.header('content-type'),
  body: new Uint8Array(await req.arrayBuffer()),
});
