import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  PaybyError,
  PaybyUnknownError,
  returnCodes,
  saysNoSuchOrder,
  saysNoSuchRefund,
  saysNoSuchToken,
  saysOrderIsFinal,
  saysOrderNumberTaken,
  saysRateLimited,
  saysRefundExceeds,
  saysRefundNumberTaken,
  saysRefundRejected,
  saysTryLater,
} from '../../../src/server/index.ts';
import { openClient, order } from '../support/open-client.ts';

const number = { merchantOrderNo: order.merchantOrderNo };

/** What getOrder throws when PayBy answers this head. */
async function thrownFor(head: Record<string, unknown>): Promise<PaybyError | PaybyUnknownError> {
  const { client, payby } = openClient({ retries: 0 });
  payby.fault('getOrder', () => payby.answer(JSON.stringify({ head })));
  const thrown: unknown = await client.getOrder(number).catch((error) => error);
  assert.ok(thrown instanceof PaybyError || thrown instanceof PaybyUnknownError, String(thrown));
  return thrown;
}

describe('PayBy’s return codes', () => {
  it('are errors with PayBy’s code, its name, its message and its trace, or unknown', async () => {
    for (const [code, names] of Object.entries(returnCodes)) {
      for (const msg of names) {
        const error = await thrownFor({ applyStatus: 'FAIL', code, msg, traceCode: '328753' });
        const { operation, traceCode } = error;
        assert.deepEqual(
          { operation, code: error.code, msg: error.msg, traceCode },
          { operation: 'getOrder', code, msg, traceCode: '328753' },
        );
        const isUnknown = ['0', '500', '504'].includes(code);
        assert.equal(error instanceof PaybyUnknownError, isUnknown, code);
        if (error instanceof PaybyError) assert.equal(error.codeName, msg);
      }
    }
  });

  it('keep their names when PayBy says more, or something else', async () => {
    for (const [code, msg, codeName] of [
      ['400', 'REQUESTTIME_TOO_LATER: 20 minutes ahead', 'REQUESTTIME_TOO_LATER'],
      ['400', 'subject is empty', 'INVALID_PARAMETER'],
      ['62001', undefined, 'ORDER_PAID'],
      ['62999', 'SOMETHING_NEW', undefined],
      ['constructor', 'x', undefined],
    ] as const) {
      const error = await thrownFor({ applyStatus: 'FAIL', code, msg });
      assert.ok(error instanceof PaybyError);
      assert.deepEqual([error.codeName, error.msg], [codeName, msg]);
    }
  });

  it('answer the questions a shop has', async () => {
    const questions = [
      [saysOrderIsFinal, ['62001', '62002', '62003', '62040', '62041']],
      [saysNoSuchOrder, ['62004', '62035']],
      [saysOrderNumberTaken, ['62016']],
      [saysTryLater, ['402', '404']],
      [saysRateLimited, ['402']],
      [saysNoSuchRefund, ['62007']],
      [saysRefundNumberTaken, ['62017']],
      [saysRefundExceeds, ['62006']],
      [saysRefundRejected, ['62039', '62045', '62046']],
      [saysNoSuchToken, ['62082']],
    ] as const;
    for (const code of Object.keys(returnCodes)) {
      const error = await thrownFor({ applyStatus: 'FAIL', code, msg: 'x' });
      for (const [says, codes] of questions) {
        assert.equal(
          says(error),
          codes.some((each) => each === code),
          `${code} ${codes}`,
        );
      }
    }
    for (const [says] of questions) assert.equal(says(new Error('62001')), false);
  });

  it('of an unsigned answer answer no question', async () => {
    const { client, payby } = openClient();
    const head = { applyStatus: 'FAIL', code: '62002', msg: 'ORDER_FAILURE' };
    payby.fault('cancelOrder', () => new Response(JSON.stringify({ head }), { status: 403 }));
    const thrown: unknown = await client.cancelOrder(number).catch((error) => error);
    assert.ok(thrown instanceof PaybyUnknownError);
    const { reason, code, msg, httpStatus } = thrown;
    assert.deepEqual([reason, code, msg, httpStatus], ['signature', '62002', 'ORDER_FAILURE', 403]);
    assert.equal(saysOrderIsFinal(thrown), false);
  });
});
