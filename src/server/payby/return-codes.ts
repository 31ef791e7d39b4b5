/**
 * PayBy's return codes and its names for them, as its documentation lists them. `head.code` carries the
 * code as text; `400` stands for three names, which `head.msg` tells apart.
 */
export const returnCodes = {
  '0': ['SUCCESS'],
  '400': ['INVALID_PARAMETER', 'REQUESTTIME_TOO_EARLY', 'REQUESTTIME_TOO_LATER'],
  '402': ['RATE_LIMIT_REJECT'],
  '403': ['UNAUTHORIZED'],
  '404': ['SERVICE_NOT_AVAILABLE'],
  '500': ['SYSTEM_ERROR'],
  '504': ['SERVICE_TIMEOUT'],
  '601': ['RISK_FAIL'],
  '62001': ['ORDER_PAID'],
  '62002': ['ORDER_FAILURE'],
  '62003': ['ORDER_SETTLED'],
  '62004': ['MERCHANT_ORDER_NO_NOT_EXIST'],
  '62006': ['REFUND_AMOUNT_EXCEEDED'],
  '62007': ['REFUND_MERCHANT_ORDER_NO_NOT_EXIST'],
  '62008': ['EXPIREDTIME_LESS_THAN_REQUESTTIME'],
  '62009': ['EXPIREDTIME_TOO_LATER'],
  '62012': ['PAYSCENECODE_ILLEGAL'],
  '62015': ['ORDER_NOT_PAID'],
  '62016': ['MERCHANT_ORDER_NO_EXIST'],
  '62017': ['REFUND_MERCHANT_ORDER_NO_EXIST'],
  '62026': ['PRODUCT_IS_NOT_APPLIED'],
  '62035': ['ORDER_NO_NOT_EXIST'],
  '62039': ['REVOKE_FAILURE'],
  '62040': ['ACQUIRE_ORDER_REVOKED'],
  '62041': ['ACQUIRE_ORDER_REFUNDED'],
  '62045': ['REFUND_REJECTED'],
  '62046': ['REVOKE_REJECTED'],
  '62073': ['INVALID_ONE_TIME_PAYMENT'],
  '62082': ['TOKEN_URL_NOT_EXIST'],
} as const;

export type ReturnCode = keyof typeof returnCodes;
export type ReturnCodeName = (typeof returnCodes)[ReturnCode][number];

/** PayBy's name for a code, or undefined for a code its documentation does not list. */
export function codeNameOf(code: string, msg = ''): ReturnCodeName | undefined {
  if (!isReturnCode(code)) return undefined;
  const names: readonly ReturnCodeName[] = returnCodes[code];
  return names.find((name) => msg.startsWith(name)) ?? names[0];
}

const isReturnCode = (code: string): code is ReturnCode => Object.hasOwn(returnCodes, code);
