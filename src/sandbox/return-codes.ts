/** PayBy's return codes, as `head.code` carries them. Several names share the code 400. */
export const returnCodes = {
  INVALID_PARAMETER: '400',
  REQUESTTIME_TOO_EARLY: '400',
  REQUESTTIME_TOO_LATER: '400',
  UNAUTHORIZED: '403',
  SERVICE_NOT_AVAILABLE: '404',
  SYSTEM_ERROR: '500',
  ORDER_PAID: '62001',
  ORDER_FAILURE: '62002',
  ORDER_SETTLED: '62003',
  MERCHANT_ORDER_NO_NOT_EXIST: '62004',
  EXPIREDTIME_LESS_THAN_REQUESTTIME: '62008',
  EXPIREDTIME_TOO_LATER: '62009',
  PAYSCENECODE_ILLEGAL: '62012',
  MERCHANT_ORDER_NO_EXIST: '62016',
  ORDER_NO_NOT_EXIST: '62035',
  INVALID_ONE_TIME_PAYMENT: '62073',
} as const;

export type ReturnName = keyof typeof returnCodes;

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
