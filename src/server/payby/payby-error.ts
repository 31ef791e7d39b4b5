/** What PayBy said, or failed to say, as errors that keep "refused" and "unknown" apart. */

/** An operation of PayBy's API. */
export type PaybyOperation = 'placeOrder' | 'getOrder' | 'cancelOrder';

interface PaybyErrorFacts {
  operation: PaybyOperation;
  applyStatus: string;
  code: string;
  msg: string | undefined;
  traceCode: string | undefined;
}

/**
 * PayBy refused, signed: this call changed nothing. An earlier one may have: 62016 says that the number
 * is taken by another order, and 62001 to 62003 that the order is paid or over.
 */
export class PaybyError extends Error {
  override readonly name = 'PaybyError';
  readonly operation: PaybyOperation;
  /** `FAIL`, or `ERROR` when PayBy could not verify the merchant's signature. */
  readonly applyStatus: string;
  /** PayBy's return code, such as `62001`. */
  readonly code: string;
  /** What to quote to PayBy's support. */
  readonly traceCode: string | undefined;

  constructor({ operation, applyStatus, code, msg, traceCode }: PaybyErrorFacts) {
    const trace = traceCode ? ` (trace ${traceCode})` : '';
    super(`${operation}: PayBy answered ${applyStatus} ${code} ${msg ?? ''}`.trimEnd() + trace);
    this.operation = operation;
    this.applyStatus = applyStatus;
    this.code = code;
    this.traceCode = traceCode;
  }
}

/**
 * Why the outcome is unknown: PayBy's own trouble (`gateway`: SYSTEM_ERROR, SERVICE_TIMEOUT), a broken
 * connection (`network`), no answer in time (`timeout`), an answer that cannot be read (`unreadable`)
 * or whose signature is not PayBy's (`signature`).
 */
export type UnknownReason = 'gateway' | 'network' | 'timeout' | 'unreadable' | 'signature';

interface UnknownFacts {
  operation: PaybyOperation;
  reason: UnknownReason;
  message: string;
  /** The code in the answer's head, if it had one. */
  code?: string | undefined;
  traceCode?: string | undefined;
  cause?: unknown;
}

/**
 * Nobody can tell whether the operation happened: **not** a failure. Ask again with the same numbers,
 * or query, before anything else. An unsigned answer ends here too, whatever it says: anybody could
 * have written it. Its `code` is kept for the operator, never acted upon.
 */
export class PaybyUnknownError extends Error {
  override readonly name = 'PaybyUnknownError';
  readonly operation: PaybyOperation;
  readonly reason: UnknownReason;
  readonly code: string | undefined;
  readonly traceCode: string | undefined;

  constructor({ operation, reason, message, code, traceCode, cause }: UnknownFacts) {
    super(`${operation}: ${message}; the outcome is unknown`, { cause });
    this.operation = operation;
    this.reason = reason;
    this.code = code;
    this.traceCode = traceCode;
  }
}

/** Whether it was PayBy that refused or did not answer, rather than the store or the kit that failed. */
export const isPaybyFailure = (thrown: unknown): thrown is PaybyError | PaybyUnknownError =>
  thrown instanceof PaybyError || thrown instanceof PaybyUnknownError;

const codesOf = (...codes: string[]) => {
  const known = new Set(codes);
  return (error: unknown): boolean => error instanceof PaybyError && known.has(error.code);
};

/** PayBy has the order, and it is paid, settled, failed, revoked or refunded: query to see which. */
export const saysOrderIsFinal = codesOf('62001', '62002', '62003', '62040', '62041');

/** PayBy has no such order. */
export const saysNoSuchOrder = codesOf('62004', '62035');

/** PayBy refused this call for now (rate limit, service not available); the same call may pass later. */
export const saysTryLater = codesOf('402', '404');
