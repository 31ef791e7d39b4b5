/** The way to PayBy: signs what goes there, and believes what comes back only after its signature. */
import { type Bytes, toUtf8 } from '../bytes.ts';
import type { Clock } from '../clock.ts';
import { exchange } from './exchange.ts';
import type { KeyMaterial } from './keys.ts';
import { operations } from './operations.ts';
import { readAnswer } from './payby-answer.ts';
import type { PaybyOperation } from './payby-error.ts';
import { type Allowance, repeat } from './repeat.ts';
import { sign, verify } from './signature.ts';

export interface ConnectionOptions {
  baseUrl: string;
  partnerId: string;
  privateKey: KeyMaterial;
  paybyPublicKey: KeyMaterial;
  fetch: typeof fetch;
  clock: Clock;
}

export class PaybyConnection {
  readonly #baseUrl: string;
  readonly #partnerId: string;
  readonly #fetch: typeof fetch;
  readonly #clock: Clock;
  readonly #privateKey: () => Promise<CryptoKey>;
  readonly #paybyPublicKey: () => Promise<CryptoKey>;

  constructor(options: ConnectionOptions) {
    this.#baseUrl = options.baseUrl;
    this.#partnerId = options.partnerId;
    this.#fetch = options.fetch;
    this.#clock = options.clock;
    this.#privateKey = once(options.privateKey);
    this.#paybyPublicKey = once(options.paybyPublicKey);
  }

  /** Imports both keys. @throws TypeError naming the key that is none */
  async ready(): Promise<void> {
    await this.#privateKey();
    await this.#paybyPublicKey();
  }

  /** Whether PayBy signed these bytes. */
  async verify(bytes: Bytes, signature: string | null | undefined): Promise<boolean> {
    return verify(bytes, signature, await this.#paybyPublicKey());
  }

  /**
   * The `body` PayBy answers. Every attempt carries the same business content and its own time.
   *
   * @throws PaybyError, PaybyUnknownError see {@link repeat}; the signal's reason before anything is sent
   */
  call(operation: PaybyOperation, bizContent: object, allowance: Allowance): Promise<unknown> {
    return repeat(this.#clock, operation, allowance, (limit) =>
      this.#attempt(operation, bizContent, limit, allowance.signal),
    );
  }

  async #attempt(
    operation: PaybyOperation,
    bizContent: object,
    limit: number,
    signal: AbortSignal | undefined,
  ): Promise<unknown> {
    const body = toUtf8(JSON.stringify({ requestTime: this.#clock.now(), bizContent }));
    const headers = {
      'content-type': 'application/json',
      'partner-id': this.#partnerId,
      sign: await sign(body, await this.#privateKey()),
    };
    signal?.throwIfAborted();
    const { status, signature, bytes } = await exchange(
      this.#baseUrl + operations[operation].path,
      // A redirect is an answer nobody signed, so it is not followed.
      { method: 'POST', headers, body, redirect: 'manual' },
      { operation, fetch: this.#fetch, clock: this.#clock, limit, signal },
    );
    const signed = await this.verify(bytes, signature);
    return readAnswer({ operation, status, bytes, signed });
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
