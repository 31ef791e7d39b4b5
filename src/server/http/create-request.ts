/** Reading the page's wish, and believing none of it beyond its form. */
import { createRequestSchema, ProtocolError, parse } from '../../protocol.ts';
import { fromUtf8, randomName } from '../bytes.ts';
import type { Clock } from '../clock.ts';
import { isShallow, type Wish, wishOf } from '../orders/wish.ts';
import { HttpProblem } from './problem.ts';
import { readBody } from './request-body.ts';

const maxRequestBytes = 64 * 1024;

/** Every step further is a step of recursion in whatever walks the details later. */
const maxLevels = 64;

/** @throws HttpProblem 415, 413, 408 or 400, the latter with the `field` that is wrong */
export async function readCreation(
  request: Request,
  clock: Clock,
): Promise<Wish & { idempotencyKey: string }> {
  const idempotencyKey = readIdempotencyKey(request.headers.get('idempotency-key'));
  return { idempotencyKey, ...wishOf(await readWish(request, clock)) };
}

function readIdempotencyKey(value: string | null): string {
  if (value === null) return randomName();
  // Two such headers arrive as one with a comma, and nobody knows which of them is meant.
  if (/^[\x20-\x2b\x2d-\x7e]{1,200}$/.test(value)) return value;
  const detail =
    'Idempotency-Key must be 1 to 200 printable ASCII characters without a comma, once.';
  throw invalid('Idempotency-Key', detail);
}

async function readWish(request: Request, clock: Clock) {
  const type = request.headers.get('content-type') ?? '';
  if (!/^application\/json\s*(;|$)/i.test(type)) {
    const detail = 'Send the order as application/json.';
    throw new HttpProblem({ status: 415, code: 'media-type-unsupported', detail });
  }
  const bytes = await readBody(request, maxRequestBytes, clock);
  if (bytes === undefined) {
    const detail = 'The order is larger than 64 kB.';
    throw new HttpProblem({ status: 413, code: 'body-too-large', detail });
  }
  try {
    const body: unknown = JSON.parse(fromUtf8(bytes));
    if (isShallow(body, maxLevels)) return parse(createRequestSchema, body, '');
  } catch (cause) {
    if (!(cause instanceof ProtocolError)) throw invalid('body', 'The body is not JSON.');
    throw invalid(cause.path || 'body', cause.message.replace(/^: /, 'body: '));
  }
  throw invalid('body', `The body is nested more than ${maxLevels} levels deep.`);
}

const invalid = (field: string, detail: string): HttpProblem =>
  new HttpProblem({ status: 400, code: 'request-invalid', detail, members: { field } });
