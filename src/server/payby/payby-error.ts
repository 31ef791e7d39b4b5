/** What PayBy said, or failed to say, as errors that keep "refused" and "unknown" apart. */
import { entryOf } from '../../troubleshooting.ts';
import { codeNameOf, type ReturnCode, type ReturnCodeName } from './return-codes.ts';

/** An operation of PayBy's API. */
export type PaybyOperation =
  | 'placeOrder'
  | 'getOrder'
  | 'cancelOrder'
  | 'revokeOrder'
  | 'placeRefund'
  | 'getRefund'
  | 'getCashierUrlInfo'
  | 'updateExpiredTime';

export interface PaybyErrorFacts {
  operation: PaybyOperation;
  applyStatus: string;
  code: string;
  msg: string | undefined;
  traceCode: string | undefined;
}

/**
 * PayBy refused, signed: this call changed nothing. An earlier one may have: 62016 says that the number
 * is taken by another order, and 62001 to 62003 that the order is paid or over.
 *
 * When the client had sent the same before and never learned what came of it, `cause` is that
 * {@link PaybyUnknownError}: a 62002 of cancelOrder may then be this call's own success.
 */
export class PaybyError extends Error {
  override readonly name = 'PaybyError';
  readonly operation: PaybyOperation;
  /** `FAIL`, or `ERROR` when PayBy could not verify the merchant's signature. */
  readonly applyStatus: string;
  /** PayBy's return code, such as `62001`. */
  readonly code: string;
  /** PayBy's name for the code, such as `ORDER_PAID`; undefined for a code it does not document. */
  readonly codeName: ReturnCodeName | undefined;
  /** PayBy's own message, as it came. */
  readonly msg: string | undefined;
  /** What to quote to PayBy's support. */
  readonly traceCode: string | undefined;

  constructor({ operation, applyStatus, code, msg, traceCode }: PaybyErrorFacts) {
    const trace = traceCode ? ` (trace ${traceCode})` : '';
    const codeName = codeNameOf(code, msg);
    const said =
      `${operation}: PayBy answered ${applyStatus} ${code} ${msg ?? ''}`.trimEnd() + trace;
    super(`${said}; see ${entryOf(codeName ? code : 'another-code')}`);
    this.operation = operation;
    this.applyStatus = applyStatus;
    this.code = code;
    this.codeName = codeName;
    this.msg = msg;
    this.traceCode = traceCode;
  }
}

/**
 * Why the outcome is unknown: PayBy's own trouble (`gateway`: SYSTEM_ERROR, SERVICE_TIMEOUT), a broken
 * connection (`network`), no answer in time (`timeout`), an answer that cannot be read (`unreadable`)
 * or whose signature is not PayBy's (`signature`), or a caller that stopped waiting (`aborted`).
 */
export type UnknownReason =
  | 'gateway'
  | 'network'
  | 'timeout'
  | 'unreadable'
  | 'signature'
  | 'aborted';

export interface UnknownFacts {
  operation: PaybyOperation;
  reason: UnknownReason;
  message: string;
  /** The code in the answer's head, if it had one; so are `msg` and `traceCode`. */
  code?: string | undefined;
  msg?: string | undefined;
  traceCode?: string | undefined;
  httpStatus?: number | undefined;
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
  /** PayBy's own message, as it came. */
  readonly msg: string | undefined;
  readonly traceCode: string | undefined;
  /** The answer's HTTP status, if there was an answer. */
  readonly httpStatus: number | undefined;

  constructor(facts: UnknownFacts) {
    const { operation, reason, message, code, msg, traceCode, httpStatus, cause } = facts;
    const help = entryOf(`payby-${reason}`);
    super(`${operation}: ${message}; the outcome is unknown; see ${help}`, { cause });
    this.operation = operation;
    this.reason = reason;
    this.code = code;
    this.msg = msg;
    this.traceCode = traceCode;
    this.httpStatus = httpStatus;
  }
}

/** Whether it was PayBy that refused or did not answer, rather than the store or the kit that failed. */
export const isPaybyFailure = (thrown: unknown): thrown is PaybyError | PaybyUnknownError =>
  thrown instanceof PaybyError || thrown instanceof PaybyUnknownError;

const codesOf = (...codes: ReturnCode[]) => {
  const known = new Set<string>(codes);
  return (error: unknown): boolean => error instanceof PaybyError && known.has(error.code);
};

/** PayBy has the order, and it is paid, settled, failed, revoked or refunded: query to see which. */
export const saysOrderIsFinal = codesOf('62001', '62002', '62003', '62040', '62041');

/** PayBy has the order, and it is paid or settled. */
export const saysOrderIsPaid = codesOf('62001', '62003');

/** PayBy has no such order. */
export const saysNoSuchOrder = codesOf('62004', '62035');

/** PayBy has an order of this number already, with other parameters. */
export const saysOrderNumberTaken = codesOf('62016');

/** PayBy refused this call for now (rate limit, service not available); the same call may pass later. */
export const saysTryLater = codesOf('402', '404');

/** PayBy was asked too often; the same call may pass later. */
export const saysRateLimited = codesOf('402');

/** PayBy has no refund of this number. */
export const saysNoSuchRefund = codesOf('62007');

/** PayBy has a refund of this number already: query it to see whether it is the same. */
export const saysRefundNumberTaken = codesOf('62017');

/** More is asked back than is left of the payment. */
export const saysRefundExceeds = codesOf('62006');

/** PayBy will not give this money back, by a refund or by revoking; its support can say why. */
export const saysRefundRejected = codesOf('62039', '62045', '62046');

/** PayBy has no such tokenUrl, or it has lapsed. */
export const saysNoSuchToken = codesOf('62082');
