/** Reading what somebody sends, who may send too much, or leave before it is all here. */
import { type Bytes, readAtMost } from '../bytes.ts';
import { HttpProblem } from './problem.ts';

/**
 * The raw body of a request, or undefined when it has more than `limit` bytes.
 *
 * @throws TypeError when something read it before
 * @throws HttpProblem 400 when it breaks off
 */
export async function readBody(request: Request, limit: number): Promise<Bytes | undefined> {
  if (request.bodyUsed) {
    throw new TypeError(
      "the request's body was read before it came to checkout.fetch; hand the request over untouched",
    );
  }
  try {
    return await readAtMost(request.body, limit);
  } catch {
    const detail = 'The body broke off before its end.';
    throw new HttpProblem({ status: 400, code: 'request-invalid', detail });
  }
}
