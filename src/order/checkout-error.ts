/**
 * Everything that can go wrong in a checkout, by code:
 *
 * - `network`: the merchant's backend could not be reached
 * - `timeout`: it did not answer in time
 * - `order-rejected`: it answered with an error, or PayBy did
 * - `order-invalid`: its answer breaks the contract
 * - `token-url-blocked`: the order leads to a host that is not allowed
 * - `status-unknown`: the order has a status nobody knows; it keeps waiting
 * - `qr-failed`: the code could not be drawn; the link still works
 * - `configuration`: the element is not set up
 */
export type CheckoutErrorCode =
  | 'network'
  | 'timeout'
  | 'order-rejected'
  | 'order-invalid'
  | 'token-url-blocked'
  | 'status-unknown'
  | 'qr-failed'
  | 'configuration';

export interface CheckoutErrorOptions {
  cause?: unknown;
  /** Whether the same request may succeed later. Default false. */
  retryable?: boolean;
  /** The HTTP status the backend answered with. */
  httpStatus?: number;
  /** How long the backend asked to be left alone, ms. */
  retryAfter?: number | undefined;
  /** What the shop itself says to its customer: the `detail` of a 4xx problem. */
  detail?: string | undefined;
}

/** Its `message` is written for the developer of the page; customers read a translated sentence. */
export class CheckoutError extends Error {
  override readonly name = 'CheckoutError';
  readonly code: CheckoutErrorCode;
  readonly retryable: boolean;
  readonly httpStatus: number | undefined;
  readonly retryAfter: number | undefined;
  readonly detail: string | undefined;

  constructor(code: CheckoutErrorCode, message: string, options: CheckoutErrorOptions = {}) {
    super(message, { cause: options.cause });
    this.code = code;
    this.retryable = options.retryable ?? false;
    this.httpStatus = options.httpStatus;
    this.retryAfter = options.retryAfter;
    this.detail = options.detail;
  }
}

/** What was thrown, as the error the page is told about. */
export const asCheckoutError = (cause: unknown): CheckoutError =>
  cause instanceof CheckoutError
    ? cause
    : new CheckoutError('order-invalid', `<payby-checkout>: ${String(cause)}`, { cause });

/** The error for a part of the script that did not come. */
export const notLoaded = (cause: unknown): CheckoutError =>
  new CheckoutError('network', 'A part of the checkout’s script could not be loaded.', {
    cause,
    retryable: true,
  });
