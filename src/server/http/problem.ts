/** What goes wrong, as the page may know it: RFC 9457 problems with a `code`. */
import { entryOf } from '../../troubleshooting.ts';

/** Codes of the kit's own problems. A refusal of the shop brings its own. */
export type ProblemCode =
  | 'request-invalid'
  | 'idempotency-key-reused'
  | 'media-type-unsupported'
  | 'body-too-large'
  | 'body-already-read'
  | 'request-timeout'
  | 'method-not-allowed'
  | 'not-found'
  | 'order-not-found'
  | 'forbidden'
  | 'payby-rejected'
  | 'payby-unavailable'
  | 'signature-invalid'
  | 'partner-unknown'
  | 'notification-invalid'
  | 'notification-mismatch'
  | 'notification-outdated'
  | 'notification-not-taken'
  | 'too-many-streams'
  | 'internal-error'
  | 'closed';

interface ProblemFacts {
  status: number;
  code: string;
  /** For the customer's eyes: no internals. */
  detail: string;
  /** Further members of the problem, such as the `field` that is wrong. */
  members?: Readonly<Record<string, string>>;
  headers?: Readonly<Record<string, string>>;
}

/** An answer that is thrown. */
export class HttpProblem extends Error {
  override readonly name = 'HttpProblem';
  readonly #facts: ProblemFacts;

  constructor(facts: ProblemFacts & { code: ProblemCode }) {
    super(facts.detail);
    this.#facts = facts;
  }

  toResponse(): Response {
    return problemResponse(this.#facts);
  }
}

export function problemResponse({
  status,
  code,
  detail,
  members,
  headers,
}: ProblemFacts): Response {
  return new Response(JSON.stringify({ status, code, detail, ...members }), {
    status,
    headers: { ...headers, 'content-type': 'application/problem+json' },
  });
}

/** PayBy cannot be asked just now; the page tries the same again. */
export const unavailable = (detail: string): HttpProblem =>
  new HttpProblem({
    status: 503,
    code: 'payby-unavailable',
    detail,
    headers: { 'retry-after': '3' },
  });

/** The page asks for the status instead, and for a stream again later. */
export const tooManyStreams = (): HttpProblem =>
  new HttpProblem({
    status: 503,
    code: 'too-many-streams',
    detail: 'There are too many event streams. Ask for the status instead.',
    headers: { 'retry-after': '30' },
  });

/** What comes in while the checkout ends. */
export const closedProblem = (): HttpProblem =>
  new HttpProblem({
    status: 503,
    code: 'closed',
    detail: 'The shop is restarting. Try again.',
    headers: { 'retry-after': '3', 'cache-control': 'no-store' },
  });

export interface CheckoutRefusalFacts {
  /** 400–499. */
  status: number;
  /** A word for the page's code, such as `cart-empty`. */
  code: string;
  /** A sentence the customer may read. */
  message: string;
}

/**
 * Thrown by `quote` or `authorize`: the shop does not do this, for this customer, now. The page gets
 * status, code and message as a problem; anything else they throw stays in the server.
 */
export class CheckoutRefusal extends Error {
  override readonly name = 'CheckoutRefusal';
  readonly status: number;
  readonly code: string;

  /** @throws TypeError for a status outside 400–499 or a code that is no word */
  constructor({ status, code, message }: CheckoutRefusalFacts) {
    if (!Number.isInteger(status) || status < 400 || status > 499) {
      throw unusable(`status ${status} is not 400 to 499; use 409 when unsure`);
    }
    if (!/^[a-z0-9][a-z0-9-]{0,99}$/.test(code)) {
      throw unusable(`code "${code}" is not a word like "cart-empty"`);
    }
    super(message);
    this.status = status;
    this.code = code;
  }
}

const unusable = (message: string): TypeError =>
  new TypeError(`CheckoutRefusal: ${message}; see ${entryOf('checkoutrefusal')}`);
