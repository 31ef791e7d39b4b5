import { type DecodedOrder, decodeOrder, ProtocolError } from '../protocol.ts';
import type { Answer } from './backend.ts';
import { CheckoutError } from './checkout-error.ts';

/**
 * Reads an answer by the schemas: PayBy's own JSON, or an order that does not quite keep the contract.
 *
 * @param epoch this device's clock, epoch ms: used where the server does not tell the time
 * @throws CheckoutError `order-invalid`, or `order-rejected` for PayBy's own refusal
 */
export function decodeAnswer(
  { value, now, source }: Answer,
  epoch: number,
): DecodedOrder & { problems: CheckoutError[] } {
  try {
    const decoded = decodeOrder(value, now ?? epoch);
    const problems = decoded.leftOut?.map((error) => unreadable(error, source)) ?? [];
    return { ...decoded, problems };
  } catch (cause) {
    throw cause instanceof ProtocolError ? unreadable(cause, source) : cause;
  }
}

const unreadable = (cause: ProtocolError, source: string) =>
  new CheckoutError(cause.code, `${source}: ${cause.message}.`, {
    cause,
    retryable: cause.code === 'order-rejected',
  });
