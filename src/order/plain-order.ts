import { orderStatuses } from '../order-status.ts';
import type { Order } from '../protocol.ts';

type Check = (value: unknown) => boolean;

const isText: Check = (value) => typeof value === 'string' && value.trim() !== '';
const isNumber: Check = (value) => typeof value === 'number' && value >= 0 && value <= 8.64e15;
const has =
  (checks: Record<string, Check>): Check =>
  (value) =>
    typeof value === 'object' &&
    value !== null &&
    Object.entries(checks).every(([name, check]) => check(Reflect.get(value, name)));

/** The form of every field; the type keeps the list complete. */
const fields: Record<keyof Order, Check> = {
  id: (value) => isText(value) && /[^.\s]/.test(String(value)),
  status: (value) => orderStatuses.some((status) => status === value),
  tokenUrl: isText,
  appLink: isText,
  bridge: has({ appId: isText, token: isText }),
  amount: has({
    amount: isNumber,
    currency: (value) => /^[A-Z]{3}$/.test(String(value)),
  }),
  subject: isText,
  subjectAr: isText,
  expiresAt: isNumber,
  paidAt: isNumber,
  now: isNumber,
  payer: has({ mobileNumberMask: isText }),
  failure: has({ code: isText }),
  statusUrl: isText,
  eventsUrl: isText,
  cancelUrl: isText,
};

/**
 * The order in an answer that keeps the contract to the letter; undefined for any other answer, which
 * the schemas then read or explain. They weigh more than all of this, and most pages never need them.
 */
export function plainOrder(value: unknown): Order | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const known = Object.entries(value).filter(([name]) => Object.hasOwn(fields, name));
  const isPlain =
    Object.hasOwn(value, 'id') &&
    Object.hasOwn(value, 'status') &&
    known.every(([name, field]) => fields[name as keyof Order](field));
  return isPlain ? (Object.fromEntries(known) as Order) : undefined;
}

/** What an answer plainly says, without what is wrong in it; undefined when it names no order. */
export function bareOrder(value: unknown): Order | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const sound = Object.entries(value).filter(
    ([name, field]) => Object.hasOwn(fields, name) && fields[name as keyof Order](field),
  );
  return plainOrder(Object.fromEntries(sound));
}
