/** Reading what somebody sends, who may send too much, too slowly, or leave before it is all here. */
import { type Bytes, readAtMost } from '../bytes.ts';
import { type Clock, DeadlineError, withDeadline } from '../clock.ts';
import { directOf } from './direct.ts';
import { HttpProblem } from './problem.ts';

/** How long a request's body may take to arrive, ms. Whoever is slower is answered 408. */
export const bodyTimeout = 10_000;

/** Something read the body before the checkout could: the shop's server is set up wrongly. */
export class BodyReadBeforeError extends Error {
  override readonly name = 'BodyReadBeforeError';

  constructor() {
    super(
      "the request's body was read before it came to the checkout, so no signature of its bytes can be " +
        'checked; hand the request over untouched: mount the checkout before express.json() and other ' +
        'body parsers, or keep the raw bytes as request.rawBody',
    );
  }
}

/**
 * The raw body of a request, or undefined when it has more than `limit` bytes.
 *
 * @throws BodyReadBeforeError
 * @throws HttpProblem 408 when it takes longer than {@link bodyTimeout}, 400 when it breaks off
 */
export async function readBody(
  request: Request,
  limit: number,
  clock: Clock,
): Promise<Bytes | undefined> {
  try {
    const direct = directOf(request);
    if (direct) return await direct.readBody(limit, clock);
    if (request.bodyUsed) throw new BodyReadBeforeError();
    return await withDeadline(clock, bodyTimeout, () => readAtMost(request.body, limit));
  } catch (cause) {
    if (cause instanceof BodyReadBeforeError) throw cause;
    throw cause instanceof DeadlineError ? tooSlow() : brokenOff();
  }
}

const tooSlow = () =>
  new HttpProblem({
    status: 408,
    code: 'request-timeout',
    detail: 'The body took too long to arrive.',
  });

const brokenOff = () =>
  new HttpProblem({
    status: 400,
    code: 'request-invalid',
    detail: 'The body broke off before its end.',
  });
