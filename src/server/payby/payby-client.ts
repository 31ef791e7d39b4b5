/** PayBy's acquiring API. */
import { type Bytes, readAtMost, toUtf8 } from '../bytes.ts';
import { type Clock, DeadlineError, systemClock, withDeadline } from '../clock.ts';
import { checkBaseUrl, checkPartnerId, checkTimeout } from './client-options.ts';
import { type KeyMaterial, privateKeyMaterial, publicKeyMaterial } from './keys.ts';
import { type PaybyAnswer, readAnswer, readOrder, readTokenUrl } from './payby-answer.ts';
import { type PaybyOperation, PaybyUnknownError } from './payby-error.ts';
import type { PaybyOrder } from './payby-order.ts';
import {
  type OrderNumber,
  orderNumberContent,
  type PlaceOrderRequest,
  placeOrderContent,
} from './payby-request.ts';
import { sign, verify } from './signature.ts';

export interface PaybyClientOptions {
  /** `production`, `uat`, or the base URL of another gateway, such as the sandbox. */
  environment: string;
  /** The merchant id of PayBy's portal, up to 12 characters. */
  partnerId: string;
  /** The merchant's private key: PKCS#8, PEM or bare Base64. */
  privateKey: string;
  /** PayBy's public key for this merchant: SPKI, PEM or bare Base64. */
  paybyPublicKey: string;
  fetch?: typeof fetch;
  clock?: Clock;
  /** How long an answer may take, ms; 10,000 when absent. */
  timeout?: number;
}

/** What placeOrder answers. */
export interface PlacedOrder {
  order: PaybyOrder;
  /** What the QR code says; always there while the order is `CREATED`. */
  tokenUrl?: string;
}

const paths: Readonly<Record<PaybyOperation, string>> = {
  placeOrder: '/acquire2/placeOrder',
  getOrder: '/acquire2/getOrder',
  cancelOrder: '/acquire2/cancelOrder',
};

const maxAnswerBytes = 1024 * 1024;

/**
 * Every operation signs the exact bytes it sends and believes an answer only after its signature. It
 * throws a {@link PaybyError} when PayBy refused, a {@link PaybyUnknownError} when nobody can tell
 * what happened, and a TypeError, before anything is sent, for an argument PayBy would not take.
 */
export class PaybyClient {
  readonly partnerId: string;
  readonly #baseUrl: string;
  readonly #fetch: typeof fetch;
  readonly #clock: Clock;
  readonly #timeout: number;
  readonly #privateKey: () => Promise<CryptoKey>;
  readonly #paybyPublicKey: () => Promise<CryptoKey>;

  /** @throws TypeError naming the option, its value (never a key's) and the way out */
  constructor(options: PaybyClientOptions) {
    this.partnerId = checkPartnerId(options.partnerId);
    this.#baseUrl = checkBaseUrl(options.environment);
    this.#fetch = options.fetch ?? ((...request) => fetch(...request));
    this.#clock = options.clock ?? systemClock;
    this.#timeout = checkTimeout(options.timeout ?? 10_000);
    this.#privateKey = once(privateKeyMaterial(options.privateKey));
    this.#paybyPublicKey = once(publicKeyMaterial(options.paybyPublicKey));
  }

  /**
   * Imports both keys, which otherwise happens as they are first needed: await it at the start.
   *
   * @throws TypeError naming the key that is none
   */
  async ready(): Promise<void> {
    await this.#privateKey();
    await this.#paybyPublicKey();
  }

  /**
   * Creates an order, or returns it as it is now when the same request was sent before. That is also
   * how a lapsed `tokenUrl` (about 1 hour) is renewed.
   */
  async placeOrder(request: PlaceOrderRequest): Promise<PlacedOrder> {
    const body = await this.#call('placeOrder', placeOrderContent(request, this.#clock.now()));
    const { merchantOrderNo } = request;
    const order = readOrder('placeOrder', body, { merchantOrderNo });
    const tokenUrl = readTokenUrl(body);
    if (tokenUrl) return { order, tokenUrl };
    if (order.status !== 'CREATED') return { order };
    const message = 'PayBy created the order without a tokenUrl';
    throw new PaybyUnknownError({ operation: 'placeOrder', reason: 'unreadable', message });
  }

  /** The order as it is now. */
  async getOrder(number: OrderNumber): Promise<PaybyOrder> {
    return readOrder('getOrder', await this.#call('getOrder', orderNumberContent(number)), number);
  }

  /**
   * Cancels an order nobody paid yet. A PaybyError 62001 or 62003 says that it is paid, 62002 that it
   * failed before.
   */
  async cancelOrder(number: OrderNumber): Promise<PaybyOrder> {
    const body = await this.#call('cancelOrder', orderNumberContent(number));
    return readOrder('cancelOrder', body, number);
  }

  /** Whether PayBy signed these bytes: the raw body of a notification and its `sign` header. */
  async verify(bytes: Bytes, signature: string | null | undefined): Promise<boolean> {
    return verify(bytes, signature, await this.#paybyPublicKey());
  }

  async #call(operation: PaybyOperation, bizContent: object): Promise<unknown> {
    const body = toUtf8(JSON.stringify({ requestTime: this.#clock.now(), bizContent }));
    const headers = {
      'content-type': 'application/json',
      'partner-id': this.partnerId,
      sign: await sign(body, await this.#privateKey()),
    };
    // A redirect is an answer nobody signed, so it is not followed.
    const request: RequestInit = { method: 'POST', headers, body, redirect: 'manual' };
    return readAnswer(await this.#answer(operation, request));
  }

  async #answer(operation: PaybyOperation, request: RequestInit): Promise<PaybyAnswer> {
    const { response, bytes } = await this.#exchange(operation, request);
    if (bytes === undefined) {
      const message = `PayBy's answer is larger than ${maxAnswerBytes} bytes`;
      throw new PaybyUnknownError({ operation, reason: 'unreadable', message });
    }
    const signed = await this.verify(bytes, response.headers.get('sign'));
    return { operation, status: response.status, bytes, signed };
  }

  async #exchange(operation: PaybyOperation, request: RequestInit) {
    try {
      return await withDeadline(this.#clock, this.#timeout, async (signal) => {
        const response = await this.#fetch(this.#baseUrl + paths[operation], {
          ...request,
          signal,
        });
        return { response, bytes: await readAtMost(response.body, maxAnswerBytes) };
      });
    } catch (cause) {
      const late = cause instanceof DeadlineError;
      const message = late
        ? `no answer within ${this.#timeout} ms`
        : 'the connection to PayBy broke';
      throw new PaybyUnknownError({
        operation,
        reason: late ? 'timeout' : 'network',
        message,
        cause,
      });
    }
  }
}

/** Imports a key when it is first needed; a key that is no key stays none. */
function once(material: KeyMaterial): () => Promise<CryptoKey> {
  let key: Promise<CryptoKey> | undefined;
  return () => {
    key ??= material.import();
    return key;
  };
}
