/** The HTTP side of the acquiring API: signed requests in, signed answers out. */
import type { KeyObject } from 'node:crypto';
import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { methodNotAllowed } from 'hono/method-not-allowed';
import { type FaultPorts, workWithFault } from '../faults/faulty-call.ts';
import type { Operation } from '../operations.ts';
import { Refusal } from '../wire/return-codes.ts';
import { type Reply, refusal, success } from './api-answer.ts';
import type { CallDesk } from './api-call.ts';
import type { Connection } from './connection.ts';
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
  /** The HTTP status; PayBy answers most refusals with 200. 0 when there was no answer, as asked. */
  status: number;
  /** `head.code` and `head.msg` of an API answer. */
  code?: string;
  msg?: string;
  traceCode?: string;
  /** The order or refund a call named, by the merchant's number. */
  merchantOrderNo?: string;
  /** The fault that was asked for and struck. */
  fault?: string;
  /** What the sandbox itself stumbled over, behind a SYSTEM_ERROR nobody asked for. */
  cause?: unknown;
}

export interface GatewayPorts extends FaultPorts {
  partnerId: string;
  merchantPublicKey: KeyObject;
  /** The `sign` header for these bytes. */
  sign: (body: Uint8Array) => string;
  operations: Readonly<Record<string, Operation>>;
  /** The merchant's IP whitelist. */
  allowedIps: () => readonly string[] | undefined;
  calls: CallDesk;
  /** What else is served on the same origin. */
  pages: readonly Hono[];
  /** Epoch ms. */
  now: () => number;
  report: (report: RequestReport) => void;
}

/** What a request brings along, and what is noted down about it for the report. */
export interface GatewayEnv {
  Bindings: { connection: Connection };
  Variables: { told: Partial<RequestReport> };
}

/** The gateway as a Hono app. Whatever comes in, it answers: a refusal, or SYSTEM_ERROR. */
export function createGateway(ports: GatewayPorts): Hono<GatewayEnv> {
  const app = new Hono<GatewayEnv>();
  let trace = 100_000;

  const answer = (c: Context<GatewayEnv>, reply: Reply, headers: Record<string, string> = {}) => {
    trace += 1;
    const head = { ...reply.head, traceCode: String(trace) };
    const { code, msg, traceCode } = head;
    c.set('told', { ...c.get('told'), code, msg, traceCode });
    const bytes = new TextEncoder().encode(JSON.stringify({ head, body: reply.body }));
    const signature = reply.signature?.(bytes, ports.sign) ?? { sign: ports.sign(bytes) };
    return c.body(reply.cut ? bytes.slice(0, bytes.length / 2) : bytes, reply.status, {
      ...headers,
      'Content-Type': 'application/json;charset=UTF-8',
      'Cache-Control': 'no-store',
      ...signature,
    });
  };

  app.use(async (c, next) => {
    await next();
    const { method, path } = c.req;
    const trouble = c.error && !(c.error instanceof Refusal) && { cause: c.error };
    const told = { status: c.res.status, ...c.get('told'), ...trouble };
    ports.report({ kind: 'request', method, path, ...told });
  });
  app.use(
    methodNotAllowed({
      app,
      onMethodNotAllowed: (c, methods) =>
        answer(c, refusal(new Refusal('INVALID_PARAMETER', `method ${c.req.method}`), 405), {
          Allow: methods.join(', '),
        }),
    }),
  );
  app.use(
    bodyLimit({
      maxSize: maxBody,
      onError: (c) =>
        answer(c, refusal(new Refusal('INVALID_PARAMETER', `body exceeds ${maxBody} bytes`), 413)),
    }),
  );
  for (const [path, operation] of Object.entries(ports.operations)) {
    app.post(apiPath + path, async (c) => {
      const { connection } = c.env;
      const sent = { ...(await readRequest(c)), remoteAddress: connection.address };
      const allowedIps = ports.allowedIps();
      const request = openRequest(sent, { ...ports, allowedIps, now: ports.now() });
      const { merchantOrderNo, fault, end } = ports.calls({
        on: path.replace('/acquire2/', ''),
        bizContent: request.bizContent,
      });
      c.set('told', {
        ...(merchantOrderNo && { merchantOrderNo }),
        ...(fault && { fault: fault.kind }),
      });
      const gone = c.req.raw.signal;
      let reply: Reply | undefined;
      try {
        reply = await workWithFault(() => success(operation(request)), fault, { ...ports, gone });
      } finally {
        end(reply?.head.code);
      }
      if (reply) return answer(c, reply);
      c.set('told', { ...c.get('told'), status: 0 });
      connection.reset();
      return c.body(null);
    });
  }
  for (const page of ports.pages) app.route('/', page);
  app.notFound((c) => answer(c, refusal(new Refusal('SERVICE_NOT_AVAILABLE', c.req.path), 404)));
  app.onError((cause, c) =>
    answer(
      c,
      cause instanceof Refusal ? refusal(cause) : refusal(new Refusal('SYSTEM_ERROR'), 500),
    ),
  );
  return app;
}

const readRequest = async ({ req }: Context) => ({
  partnerId: req.header('partner-id'),
  sign: req.header('sign'),
  contentType: req.header('content-type'),
  body: new Uint8Array(await req.arrayBuffer()),
});
