import { isFinal } from '../order-status.ts';
import type { DecodedOrder, Order } from '../protocol.ts';
import type { Answer } from './backend.ts';
import { CheckoutError, notLoaded } from './checkout-error.ts';
import type { Clock } from './clock.ts';
import { type OrderUrls, orderUrls } from './order-urls.ts';
import { ownFields } from './own-fields.ts';
import { bareOrder, plainOrder } from './plain-order.ts';
import { allowedUrl } from './token-url.ts';

/** An answer is not kept waiting longer than this for the part that explains it, ms. */
const decoderTimeout = 10_000;

/** What an answer says of an order, its links checked, and what was amiss with it all the same. */
export interface OrderWord {
  order: Order;
  problems: CheckoutError[];
  /** Where to ask for it; told by the first answer about an order that is not over. */
  urls?: OrderUrls;
}

/** The part of the script that reads PayBy's own JSON, and explains what is wrong with an answer. */
export type LoadDecoder = () => Promise<typeof import('./decode-answer.ts')>;

/** What words are read against. */
export interface WordContext {
  endpoint: string;
  base: string;
  tokenHosts: readonly string[];
  /** This device's clock: used where the server does not tell the time. */
  clock: Clock;
  signal: AbortSignal;
  /** Sends for the schemas: they read what does not keep the contract to the letter. */
  loadDecoder: LoadDecoder;
}

/**
 * Reads the first answer about an order.
 *
 * @param kept what was known of it before the page was loaded; status answers need not repeat its links
 * @throws CheckoutError when the order cannot be shown or followed: `order-invalid`,
 *   `order-rejected`, `token-url-blocked`, `configuration`
 */
export async function firstWord(
  answer: Answer,
  context: WordContext,
  kept?: Order,
): Promise<OrderWord> {
  const { order, problems, unknownStatus, blocked } = await read(answer, context, kept);
  if (kept) refuseOther(order, kept, answer);
  // An order that is over needs no links; nothing about them may hide how it ended.
  if (isFinal(order.status)) return { order, problems };
  if (blocked) throw blocked;
  if (!order.tokenUrl && order.status === 'pending') {
    const missing = `${answer.source}: order.tokenUrl is missing; a pending order needs the one PayBy gave.`;
    throw problems[0] ?? new CheckoutError('order-invalid', missing);
  }
  const urls = orderUrls(order, context.endpoint, context.base);
  return { order, problems: unknownStatus ? [...problems, unknownStatus] : problems, urls };
}

/**
 * Reads a later answer about an order on screen.
 *
 * @throws CheckoutError when it says nothing of that order: `order-invalid`, `order-rejected`,
 *   `status-unknown`
 */
export async function laterWord(
  answer: Answer,
  present: Order,
  context: WordContext,
): Promise<OrderWord> {
  const { order, problems, unknownStatus, blocked } = await read(answer, context);
  if (unknownStatus) throw unknownStatus;
  refuseOther(order, present, answer);
  // A link may be refused; what the backend says of the money still counts.
  return { order, problems: blocked ? [...problems, blocked] : problems };
}

function refuseOther({ id }: Order, { id: wanted }: Order, { source }: Answer): void {
  if (id === wanted) return;
  const problem = `answered order "${id}", not "${wanted}"`;
  throw new CheckoutError('order-invalid', `${source} ${problem}.`);
}

async function read(answer: Answer, context: WordContext, kept?: Order) {
  const { tokenHosts } = context;
  const { order: told, unknownStatus, problems } = await decode(answer, context);
  const { now } = answer;
  const { tokenUrl, appLink, ...rest } = ownFields(kept, told);
  const url = tokenUrl && allowedUrl(tokenUrl, tokenHosts);
  const link = appLink && allowedUrl(appLink, tokenHosts);
  const order: Order = ownFields({
    ...(now !== undefined && { now }),
    ...rest,
    ...(url && { tokenUrl: url }),
    ...(link && { appLink: link }),
  });
  return {
    order,
    problems: [
      ...problems,
      ...(appLink && !link ? [isBlocked('appLink', appLink, tokenHosts)] : []),
    ],
    blocked: tokenUrl && !url ? isBlocked('tokenUrl', tokenUrl, tokenHosts) : undefined,
    unknownStatus: unknownStatus === undefined ? undefined : isUnknown(order.id, unknownStatus),
  };
}

interface Decoded extends DecodedOrder {
  problems: CheckoutError[];
}

async function decode(answer: Answer, context: WordContext): Promise<Decoded> {
  const order = plainOrder(answer.value);
  if (order) return { order, problems: [] };
  try {
    const { decodeAnswer } = await soon(context);
    return decodeAnswer(answer, context.clock.epoch());
  } catch (cause) {
    // Without the part that explains an answer, what it plainly says still counts.
    const bare = cause instanceof NotSoon ? bareOrder(answer.value) : undefined;
    if (bare) return { order: bare, problems: [notLoaded(cause)] };
    throw cause instanceof NotSoon ? notLoaded(cause) : cause;
  }
}

class NotSoon extends Error {}

/** The decoder, or a {@link NotSoon} when it fails to come in time. */
function soon({ loadDecoder, clock, signal }: WordContext): ReturnType<LoadDecoder> {
  return new Promise((resolve, reject) => {
    const late = (cause?: unknown) => reject(new NotSoon('no decoder', { cause }));
    const stop = clock.after(decoderTimeout, late);
    signal.addEventListener('abort', stop, { once: true });
    loadDecoder().then(resolve, late).finally(stop);
  });
}

const isBlocked = (field: string, value: string, hosts: readonly string[]) =>
  new CheckoutError(
    'token-url-blocked',
    `order.${field}: "${value.slice(0, 100)}" is not an https URL of ${hosts.join(', ')}; add its host to token-hosts if you trust it.`,
  );

const isUnknown = (id: string, status: string) =>
  new CheckoutError(
    'status-unknown',
    `order.status: "${status}" of order ${id} is not in the contract; the checkout goes on waiting.`,
  );
