import { type DecodedOrder, decodeOrder, ProtocolError } from '../protocol.ts';
import type { Answer } from './backend.ts';
import { CheckoutError } from './checkout-error.ts';
import { ownFields } from './own-fields.ts';

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
    const decoded = decodeOrder(bare(value), now ?? epoch);
    const problems = decoded.leftOut?.map((error) => unreadable(error, source)) ?? [];
    return { ...decoded, problems };
  } catch (cause) {
    if (!(cause instanceof ProtocolError)) throw cause;
    const slip = slipOf(value, source);
    throw slip ? new CheckoutError('order-invalid', slip, { cause }) : unreadable(cause, source);
  }
}

/** What the page has probably meant to give. */
function slipOf(value: unknown, source: string): string | undefined {
  if (source === '<payby-checkout>' && typeof value === 'string') {
    return `${source}: order="${value.slice(0, 100)}" is not JSON; write the order as JSON, or set the property to an object.`;
  }
  if (source !== 'createOrder') return undefined;
  if (value instanceof Response) {
    return 'createOrder gave a Response; give the order in it: return response.json().';
  }
  return value === undefined ? 'createOrder gave nothing; return the order.' : undefined;
}

/** No field that is read lies deeper. */
const maxDepth = 5;

/** An answer's own fields, and those of all objects in it: the schemas find others, too. */
function bare(value: unknown, depth = 0): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  if (depth === maxDepth) return value;
  const fields = Object.entries(value).map(([name, field]) => [name, bare(field, depth + 1)]);
  return ownFields(Object.fromEntries(fields));
}

const unreadable = (cause: ProtocolError, source: string) =>
  new CheckoutError(cause.code, `${source}: ${cause.message}.`, {
    cause,
    retryable: cause.code === 'order-rejected',
  });
