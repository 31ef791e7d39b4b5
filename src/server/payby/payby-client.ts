/** PayBy's acquiring API. */
import type { Bytes } from '../bytes.ts';
import { type Clock, systemClock } from '../clock.ts';
import {
  type CashierUrlInfo,
  readCashierUrlInfo,
  readInteraction,
  readOrder,
  readRefund,
} from './answer-body.ts';
import {
  type CallOptions,
  checkBaseUrl,
  checkPartnerId,
  checkRetries,
  checkTimeout,
  type PaybyClientOptions,
} from './client-options.ts';
import { PaybyConnection } from './connection.ts';
import { privateKeyMaterial, publicKeyMaterial } from './keys.ts';
import { type PaybyOperation, PaybyUnknownError } from './payby-error.ts';
import type { PaybyOrder } from './payby-order.ts';
import type { PlacedRefund } from './payby-refund.ts';
import {
  cashierUrlContent,
  expiredTimeContent,
  type OrderNumber,
  orderNumberContent,
  type PlaceOrderRequest,
  placeOrderContent,
} from './payby-request.ts';
import { placeRefund } from './place-refund.ts';
import { type RefundNumber, type RefundRequest, refundNumberContent } from './refund-request.ts';
import type { Allowance } from './repeat.ts';

/** What placeOrder answers. */
export interface PlacedOrder {
  order: PaybyOrder;
  /** What the QR code says; always there while an order without `eWallet` is `CREATED`. */
  tokenUrl?: string;
  /** The link into the app; always there while an order with `eWallet` is `CREATED`. */
  deepLink?: string;
}

/**
 * Every operation signs the exact bytes it sends and believes an answer only after its signature. It
 * throws a {@link PaybyError} when PayBy refused, a {@link PaybyUnknownError} when nobody can tell
 * what happened, and a TypeError, before anything is sent, for an argument PayBy would not take.
 *
 * An operation that is sent again carries the same numbers and content, so nothing happens twice.
 */
export class PaybyClient {
  readonly partnerId: string;
  readonly #connection: PaybyConnection;
  readonly #clock: Clock;
  readonly #timeout: number;
  readonly #overallTimeout: number;
  readonly #retries: number;

  /** @throws TypeError naming the option, its value (never a key's) and the way out */
  constructor(options: PaybyClientOptions) {
    this.partnerId = checkPartnerId(options.partnerId);
    this.#clock = options.clock ?? systemClock;
    this.#timeout = checkTimeout(options.timeout ?? 10_000);
    this.#overallTimeout = checkTimeout(options.overallTimeout ?? 30_000, 'overallTimeout', 30_000);
    this.#retries = checkRetries(options.retries ?? 2);
    this.#connection = new PaybyConnection({
      baseUrl: checkBaseUrl(options.environment),
      partnerId: this.partnerId,
      privateKey: privateKeyMaterial(options.privateKey),
      paybyPublicKey: publicKeyMaterial(options.paybyPublicKey),
      fetch: options.fetch ?? ((...request) => fetch(...request)),
      clock: this.#clock,
    });
  }

  /**
   * Imports both keys, which otherwise happens as they are first needed: await it at the start.
   *
   * @throws TypeError naming the key that is none
   */
  ready(): Promise<void> {
    return this.#connection.ready();
  }

  /** Whether PayBy signed these bytes: the raw body of a notification and its `sign` header. */
  verify(bytes: Bytes, signature: string | null | undefined): Promise<boolean> {
    return this.#connection.verify(bytes, signature);
  }

  /**
   * Creates an order, or returns it as it is now when the same request was sent before. That is also
   * how a lapsed `tokenUrl` (about 1 hour) is renewed.
   */
  async placeOrder(request: PlaceOrderRequest, options?: CallOptions): Promise<PlacedOrder> {
    const { merchantOrderNo, eWallet } = request;
    const content = placeOrderContent(request, this.#clock.now());
    const body = await this.#call('placeOrder', content, options);
    const order = readOrder('placeOrder', body, { merchantOrderNo });
    const { tokenUrl, deepLink } = readInteraction(body);
    const [wanted, link] = eWallet ? ['deepLink', deepLink] : ['tokenUrl', tokenUrl];
    if (order.status === 'CREATED' && link === undefined) {
      const message = `PayBy created the order without a ${wanted}`;
      throw new PaybyUnknownError({ operation: 'placeOrder', reason: 'unreadable', message });
    }
    return { order, ...(tokenUrl && { tokenUrl }), ...(deepLink && { deepLink }) };
  }

  /** The order as it is now. */
  async getOrder(number: OrderNumber, options?: CallOptions): Promise<PaybyOrder> {
    return this.#orderCall('getOrder', number, orderNumberContent(number), options);
  }

  /**
   * Cancels an order nobody paid yet. A PaybyError 62001 or 62003 says that it is paid, 62002 that it
   * failed before: perhaps by this very call, when the error's `cause` is a PaybyUnknownError.
   */
  async cancelOrder(number: OrderNumber, options?: CallOptions): Promise<PaybyOrder> {
    return this.#orderCall('cancelOrder', number, orderNumberContent(number), options);
  }

  /**
   * Reverses an order whatever it is: not paid, it fails; paid, all its money goes back and `revoked`
   * is true. Never sent again by itself: after an unknown outcome look at the order first.
   */
  async revokeOrder(number: OrderNumber, options?: CallOptions): Promise<PaybyOrder> {
    return this.#orderCall('revokeOrder', number, orderNumberContent(number), options);
  }

  /**
   * Sets when the order can no longer be paid.
   *
   * @param expiredTime epoch ms, at most 15 days ahead
   */
  async updateExpiredTime(
    number: OrderNumber,
    expiredTime: number,
    options?: CallOptions,
  ): Promise<PaybyOrder> {
    const content = expiredTimeContent(number, expiredTime, this.#clock.now());
    return this.#orderCall('updateExpiredTime', number, content, options);
  }

  /**
   * Gives money of a paid order back, once per `refundMerchantOrderNo`. A PaybyError 62017 says that
   * the number was used before. When a repetition is refused, PayBy is asked for the refund: if it is
   * there and is the one asked for, it is the answer.
   */
  async placeRefund(request: RefundRequest, options?: CallOptions): Promise<PlacedRefund> {
    return placeRefund(this.#connection, request, this.#allowance(options));
  }

  /** The refund as it is now. A PaybyError 62007 says that there is none. */
  async getRefund(number: RefundNumber, options?: CallOptions): Promise<PlacedRefund> {
    const body = await this.#call('getRefund', refundNumberContent(number), options);
    return readRefund('getRefund', body, number);
  }

  /**
   * Who scanned an order's code; nobody yet, without a `payer`. A PaybyError 62082 says that the
   * tokenUrl is a wrong one or has lapsed.
   */
  async getCashierUrlInfo(tokenUrl: string, options?: CallOptions): Promise<CashierUrlInfo> {
    const content = cashierUrlContent(tokenUrl);
    return readCashierUrlInfo(await this.#call('getCashierUrlInfo', content, options));
  }

  async #orderCall(
    operation: PaybyOperation,
    number: OrderNumber,
    content: object,
    options: CallOptions | undefined,
  ): Promise<PaybyOrder> {
    return readOrder(operation, await this.#call(operation, content, options), number);
  }

  #call(operation: PaybyOperation, content: object, options?: CallOptions): Promise<unknown> {
    return this.#connection.call(operation, content, this.#allowance(options));
  }

  #allowance({ retries, timeout, signal }: CallOptions = {}): Allowance {
    return {
      retries: retries === undefined ? this.#retries : checkRetries(retries),
      timeout: timeout === undefined ? this.#timeout : checkTimeout(timeout),
      endsAt: this.#clock.now() + this.#overallTimeout,
      signal,
    };
  }
}
