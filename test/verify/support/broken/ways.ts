/** Ways to break a good backend. */
import type { PointId, VerifyOptions } from '../../../../src/verify/index.ts';
import { goodBackend, type Handler, type Parts } from '../good-backend.ts';

export interface Broken {
  flaw: string;
  backend: Handler;
  /** The points that fail, and no others. */
  fails?: PointId[];
  /** The points that come with a warning, and no others. */
  warns?: PointId[];
  options?: Partial<VerifyOptions>;
}

type Change = (request: Request, next: Handler) => Promise<Response>;

/** The good backend behind something that meddles. */
export const meddled = (change: Change, parts: Partial<Parts> = {}): Handler => {
  const good = goodBackend(parts);
  return (request) => change(request, good);
};

/** Every JSON answer with other fields: orders, also those that event streams tell. */
export const rewritten = (rewrite: (json: Record<string, unknown>) => object): Handler =>
  meddled(async (request, next) => {
    const response = await next(request);
    const type = response.headers.get('content-type') ?? '';
    const { status, headers } = response;
    if (type.startsWith('text/event-stream') && response.body) {
      const lines = new TransformStream<string, string>({
        transform(chunk, controller) {
          const order = JSON.parse(chunk.replace(/^data: /, ''));
          controller.enqueue(`data: ${JSON.stringify(rewrite(order))}\n\n`);
        },
      });
      const body = response.body
        .pipeThrough(new TextDecoderStream())
        .pipeThrough(lines)
        .pipeThrough(new TextEncoderStream());
      return new Response(body, { status, headers });
    }
    if (!response.ok || !type.startsWith('application/json')) return response;
    return Response.json(rewrite(JSON.parse(await response.text())), { status, headers });
  });

export const isPost = ({ method, url }: Request, path: RegExp) =>
  method === 'POST' && path.test(new URL(url).pathname);
export const isGet = ({ method, url }: Request, path: RegExp) =>
  method === 'GET' && path.test(new URL(url).pathname);
export const creates = /^\/orders$/;
export const status = /^\/orders\/[^/]+$/;
export const events = /\/events$/;
export const cancel = /\/cancel$/;

export const withHeaders = (response: Response, changed: Record<string, string>): Response => {
  const headers = new Headers(response.headers);
  for (const [name, value] of Object.entries(changed)) headers.set(name, value);
  return new Response(response.body, { status: response.status, headers });
};

/** A stream of what `source` says, with a hand in it. */
export function throughStream(
  response: Response,
  transformer: Transformer<Uint8Array, Uint8Array>,
) {
  const body = response.body?.pipeThrough(new TransformStream(transformer));
  return new Response(body, { status: response.status, headers: response.headers });
}

/** Says everything its source says, and never ends. */
export const endless = ({ body, headers }: Response): Response => {
  const reader = body?.getReader();
  const stream = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { value } = (await reader?.read()) ?? {};
      if (value) controller.enqueue(value);
      else await new Promise(() => {});
    },
  });
  return new Response(stream, { headers });
};

export const json = async (response: Response): Promise<Record<string, unknown>> =>
  JSON.parse(await response.text());

export const noStore = { 'cache-control': 'no-store' };
