/** Giving money back once, however often it has to be asked for. */
import { readRefund } from './answer-body.ts';
import type { PaybyConnection } from './connection.ts';
import { PaybyError, PaybyUnknownError } from './payby-error.ts';
import type { PlacedRefund } from './payby-refund.ts';
import {
  isRefundAsked,
  type RefundRequest,
  refundContent,
  refundNumberContent,
} from './refund-request.ts';
import type { Allowance } from './repeat.ts';

/**
 * A repetition that PayBy refuses may be refused for what an attempt before it did, so PayBy is asked
 * for the refund: the one asked for is the answer, another one is the refusal's reason.
 *
 * @throws PaybyError when PayBy refused and no attempt can have gone through
 * @throws PaybyUnknownError when one may have
 */
export async function placeRefund(
  connection: PaybyConnection,
  request: RefundRequest,
  allowance: Allowance,
): Promise<PlacedRefund> {
  const content = refundContent(request);
  try {
    const placed = read(
      'placeRefund',
      request,
      await connection.call('placeRefund', content, allowance),
    );
    if (isRefundAsked(placed.refund, request)) return placed;
  } catch (thrown) {
    if (!(thrown instanceof PaybyUnknownError && thrown.cause instanceof PaybyError)) throw thrown;
    const found = await lookUp(connection, request, allowance);
    if (found === undefined) throw thrown;
    if (isRefundAsked(found.refund, request)) return found;
    throw thrown.cause;
  }
  const message = 'PayBy answered with a refund that is not what was asked for';
  throw new PaybyUnknownError({ operation: 'placeRefund', reason: 'unreadable', message });
}

/** undefined when PayBy does not tell: whatever keeps it from that, the outcome is as unknown as before. */
async function lookUp(
  connection: PaybyConnection,
  request: RefundRequest,
  allowance: Allowance,
): Promise<PlacedRefund | undefined> {
  const { refundMerchantOrderNo } = request;
  const content = refundNumberContent({ refundMerchantOrderNo });
  try {
    return read('getRefund', request, await connection.call('getRefund', content, allowance));
  } catch {
    return undefined;
  }
}

const read = (
  operation: 'placeRefund' | 'getRefund',
  { refundMerchantOrderNo }: RefundRequest,
  body: unknown,
): PlacedRefund => readRefund(operation, body, { refundMerchantOrderNo });
