/** A request's raw body, read from Node's own stream. */
import type { IncomingMessage } from 'node:http';
import type { Http2ServerRequest } from 'node:http2';
import type { Bytes } from '../bytes.ts';
import { type Clock, DeadlineError } from '../clock.ts';
import { BodyReadBeforeError, bodyTimeout } from '../http/request-body.ts';

export type Incoming = IncomingMessage | Http2ServerRequest;

/**
 * The body, or undefined when it has more than `limit` bytes. Raw bytes that something kept as `rawBody`,
 * or as a `body` of bytes, stand for a stream that was read.
 *
 * @throws BodyReadBeforeError when it was read and its bytes are gone
 * @throws DeadlineError after {@link bodyTimeout}, an Error when it breaks off
 */
export async function readIncoming(
  incoming: Incoming,
  limit: number,
  clock: Clock,
): Promise<Bytes | undefined> {
  const kept = keptBytes(incoming);
  if (kept) return kept.byteLength > limit ? undefined : kept;
  if (incoming.readableDidRead) throw new BodyReadBeforeError();
  if (incoming.complete && !incoming.destroyed) return readWhole(incoming, limit);
  return collect(incoming, limit, clock);
}

function keptBytes(incoming: Incoming & { rawBody?: unknown; body?: unknown }): Bytes | undefined {
  const { rawBody, body } = incoming;
  if (typeof rawBody === 'string') return new TextEncoder().encode(rawBody);
  if (rawBody instanceof Uint8Array) return new Uint8Array(rawBody);
  return body instanceof Uint8Array ? new Uint8Array(body) : undefined;
}

/** Small bodies are here by the time somebody wants them: no listener and no timer is needed. */
function readWhole(incoming: Incoming, limit: number): Bytes | undefined {
  if (incoming.readableLength > limit) return undefined;
  return toBytes(incoming.read() ?? '');
}

const toBytes = (chunk: Buffer | string): Bytes => new Uint8Array(Buffer.from(chunk));

function collect(incoming: Incoming, limit: number, clock: Clock): Promise<Bytes | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  return new Promise((resolve, reject) => {
    const stop = () => {
      cancel();
      incoming.off('data', onData).off('end', onEnd).off('error', onBreak).off('close', onBreak);
      incoming.pause();
    };
    const cancel = clock.after(bodyTimeout, () => {
      stop();
      reject(new DeadlineError(`no whole body within ${bodyTimeout} ms`));
    });
    const onData = (chunk: Buffer | string) => {
      const bytes = Buffer.from(chunk);
      size += bytes.byteLength;
      if (size <= limit) return void chunks.push(bytes);
      stop();
      resolve(undefined);
    };
    const onEnd = () => {
      stop();
      resolve(toBytes(Buffer.concat(chunks)));
    };
    const onBreak = () => {
      stop();
      reject(new Error('the body broke off'));
    };
    incoming.on('data', onData).on('end', onEnd).on('error', onBreak).on('close', onBreak);
    if (incoming.destroyed) onBreak();
  });
}
