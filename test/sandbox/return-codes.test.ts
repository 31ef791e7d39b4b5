import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isReturnName, returnCodes } from '../../src/sandbox/index.ts';
import { Refusal } from '../../src/sandbox/wire/return-codes.ts';

/** As PayBy documents them; each that a request can bring is met in the tests of its operation. */
const documented = `
400 INVALID_PARAMETER, 400 REQUESTTIME_TOO_EARLY, 400 REQUESTTIME_TOO_LATER, 402 RATE_LIMIT_REJECT,
403 UNAUTHORIZED, 404 SERVICE_NOT_AVAILABLE, 500 SYSTEM_ERROR, 504 SERVICE_TIMEOUT, 601 RISK_FAIL,
62001 ORDER_PAID, 62002 ORDER_FAILURE, 62003 ORDER_SETTLED, 62004 MERCHANT_ORDER_NO_NOT_EXIST,
62006 REFUND_AMOUNT_EXCEEDED, 62007 REFUND_MERCHANT_ORDER_NO_NOT_EXIST,
62008 EXPIREDTIME_LESS_THAN_REQUESTTIME, 62009 EXPIREDTIME_TOO_LATER, 62012 PAYSCENECODE_ILLEGAL,
62015 ORDER_NOT_PAID, 62016 MERCHANT_ORDER_NO_EXIST, 62017 REFUND_MERCHANT_ORDER_NO_EXIST,
62019 PAYEEMID_NOT_EXIST, 62026 PRODUCT_IS_NOT_APPLIED, 62035 ORDER_NO_NOT_EXIST, 62039 REVOKE_FAILURE,
62040 ACQUIRE_ORDER_REVOKED, 62041 ACQUIRE_ORDER_REFUNDED, 62045 REFUND_REJECTED,
62046 REVOKE_REJECTED, 62072 MISSING_REDIRECT_URL, 62073 INVALID_ONE_TIME_PAYMENT, 62080 MISSING_EWALLET_CODE,
62081 INVALID_EWALLET_CODE, 62082 TOKEN_URL_NOT_EXIST, 62089 INVALID_EXPIRED_TIME`;

describe('return codes', () => {
  it('are PayBy’s', () => {
    const known = Object.entries(returnCodes).map(([name, code]) => `${code} ${name}`);
    assert.deepEqual(known, documented.trim().split(/,\s+/));
  });

  it('can each be answered by name', () => {
    for (const [name, code] of Object.entries(returnCodes)) {
      assert.ok(isReturnName(name));
      const refusal = new Refusal(name);
      assert.deepEqual([refusal.code, refusal.message], [code, name]);
    }
    for (const name of ['', 'SUCCESS', '62001', 'constructor', '__proto__']) {
      assert.ok(!isReturnName(name));
    }
  });
});
