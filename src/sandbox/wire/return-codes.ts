/**
 * PayBy's return codes that a merchant with QR codes can meet, as `head.code` carries them. Several
 * names share the code 400.
 *
 * Nothing a merchant sends brings 402, 504, 601, 62019, 62026, 62039 and 62046: the gateway's operator does,
 * by a fault.
 */
export const returnCodes = {
  INVALID_PARAMETER: '400',
  REQUESTTIME_TOO_EARLY: '400',
  REQUESTTIME_TOO_LATER: '400',
  RATE_LIMIT_REJECT: '402',
  UNAUTHORIZED: '403',
  SERVICE_NOT_AVAILABLE: '404',
  SYSTEM_ERROR: '500',
  SERVICE_TIMEOUT: '504',
  RISK_FAIL: '601',
  ORDER_PAID: '62001',
  ORDER_FAILURE: '62002',
  ORDER_SETTLED: '62003',
  MERCHANT_ORDER_NO_NOT_EXIST: '62004',
  REFUND_AMOUNT_EXCEEDED: '62006',
  REFUND_MERCHANT_ORDER_NO_NOT_EXIST: '62007',
  EXPIREDTIME_LESS_THAN_REQUESTTIME: '62008',
  EXPIREDTIME_TOO_LATER: '62009',
  PAYSCENECODE_ILLEGAL: '62012',
  ORDER_NOT_PAID: '62015',
  MERCHANT_ORDER_NO_EXIST: '62016',
  REFUND_MERCHANT_ORDER_NO_EXIST: '62017',
  PAYEEMID_NOT_EXIST: '62019',
  PRODUCT_IS_NOT_APPLIED: '62026',
  ORDER_NO_NOT_EXIST: '62035',
  REVOKE_FAILURE: '62039',
  ACQUIRE_ORDER_REVOKED: '62040',
  ACQUIRE_ORDER_REFUNDED: '62041',
  REFUND_REJECTED: '62045',
  REVOKE_REJECTED: '62046',
  MISSING_REDIRECT_URL: '62072',
  INVALID_ONE_TIME_PAYMENT: '62073',
  MISSING_EWALLET_CODE: '62080',
  INVALID_EWALLET_CODE: '62081',
  TOKEN_URL_NOT_EXIST: '62082',
  INVALID_EXPIRED_TIME: '62089',
} as const;

export type ReturnName = keyof typeof returnCodes;

export const isReturnName = (name: string): name is ReturnName => Object.hasOwn(returnCodes, name);

/**
 * A request the gateway refuses. Its message is what `head.msg` says: PayBy's name for the code,
 * followed by a detail where the name alone would not tell the merchant what to change.
 */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code: string;
  /** `ERROR` says that the request's signature did not verify, `FAIL` anything else. */
  readonly applyStatus: 'FAIL' | 'ERROR';

  constructor(reason: ReturnName, detail?: string, applyStatus: 'FAIL' | 'ERROR' = 'FAIL') {
    super(detail === undefined ? reason : `${reason}: ${detail}`);
    this.code = returnCodes[reason];
    this.applyStatus = applyStatus;
  }
}
