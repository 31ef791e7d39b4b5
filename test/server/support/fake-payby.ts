/** PayBy behind an injected fetch: signs with node:crypto, independently of the kit's own code. */
import { createSign, createVerify } from 'node:crypto';
import type { TestKeys } from '../../support/keys.ts';

export type Operation = 'placeOrder' | 'getOrder' | 'cancelOrder';

export interface Call {
  operation: Operation;
  /** The exact text that was sent. */
  text: string;
  content: Record<string, unknown>;
  headers: Headers;
}

/** What happens to one call in place of an answer. `work` does what PayBy would have done. */
export type Fault = (work: () => Response, signal: AbortSignal) => Response | Promise<Response>;

type PaybyState = Record<string, unknown> & { status: string };

export const signText = (text: string, privatePem: string): string =>
  createSign('RSA-SHA256').update(text).sign(privatePem, 'base64');

export const refusal = (code: string, msg: string, applyStatus = 'FAIL'): string =>
  JSON.stringify({ head: { applyStatus, code, msg, traceCode: '328753' } });

export class FakePayby {
  readonly calls: Call[] = [];
  readonly orders = new Map<string, PaybyState>();
  /** Calls that wait for a test's word. */
  held = 0;
  readonly #keys: { merchant: TestKeys; payby: TestKeys };
  readonly #faults = new Map<Operation, Fault[]>();
  #tokens = 0;

  constructor(keys: { merchant: TestKeys; payby: TestKeys }) {
    this.#keys = keys;
  }

  /** How often an operation was called. */
  count(operation: Operation): number {
    return this.calls.filter((call) => call.operation === operation).length;
  }

  /** The next call of `operation` that has no fault yet goes wrong. */
  fault(operation: Operation, ...faults: Fault[]): void {
    this.#faults.set(operation, [...(this.#faults.get(operation) ?? []), ...faults]);
  }

  /** The next call of `operation` is refused with a signed head. */
  refuse(operation: Operation, code: string, msg: string, applyStatus?: string): void {
    this.fault(operation, () => this.answer(refusal(code, msg, applyStatus)));
  }

  /** Holds the next call of `operation` back, before PayBy does anything, until released. */
  hold(operation: Operation): { arrived: Promise<void>; release: () => void } {
    let arrive = () => {};
    let release = () => {};
    const arrived = new Promise<void>((resolve) => {
      arrive = resolve;
    });
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    this.fault(operation, async (work) => {
      this.held += 1;
      arrive();
      await released;
      this.held -= 1;
      return work();
    });
    return { arrived, release: () => release() };
  }

  /** The customer pays. */
  pay(id: string, paidAmount?: number): void {
    const order = this.#order(id);
    const total = order.totalAmount as { amount: number; currency: string };
    order.status = 'PAID_SUCCESS';
    order.paymentInfo = {
      paidAmount: { ...total, amount: paidAmount ?? total.amount },
      paidTime: 1795341600000,
      payChannel: 'BALANCE',
    };
  }

  /** The text of a notification about an order as it is now. */
  notification(id: string, change: Record<string, unknown> = {}): string {
    const acquireOrder = { ...this.#order(id), ...change };
    return JSON.stringify({
      notify_id: '202611220001',
      notify_timestamp: 1795341600000,
      acquireOrder,
    });
  }

  answer(text: string, signature = signText(text, this.#keys.payby.privatePem)): Response {
    return new Response(text, { headers: { 'content-type': 'application/json', sign: signature } });
  }

  readonly fetch: typeof fetch = async (input, init) => {
    const operation = String(input).split('/').at(-1) as Operation;
    const text = new TextDecoder().decode(init?.body as Uint8Array);
    const headers = new Headers(init?.headers);
    const verifier = createVerify('RSA-SHA256').update(text);
    if (!verifier.verify(this.#keys.merchant.publicPem, headers.get('sign') ?? '', 'base64')) {
      return new Response(refusal('401', 'sign verify fail', 'ERROR'), { status: 401 });
    }
    const content = JSON.parse(text).bizContent as Record<string, unknown>;
    this.calls.push({ operation, text, content, headers });
    const work = () => this.answer(this.#work(operation, content));
    const fault = this.#faults.get(operation)?.shift();
    const signal = init?.signal ?? new AbortController().signal;
    return fault ? fault(work, signal) : work();
  };

  #order(id: string): PaybyState {
    const order = this.orders.get(id);
    if (order === undefined) throw new Error(`PayBy has no order ${id}`);
    return order;
  }

  #work(operation: Operation, content: Record<string, unknown>): string {
    const id = String(content.merchantOrderNo);
    if (operation === 'placeOrder') return this.#place(id, content);
    const order = this.orders.get(id);
    if (order === undefined) return refusal('62004', 'MERCHANT_ORDER_NO_NOT_EXIST');
    if (operation === 'cancelOrder') {
      if (order.status === 'PAID_SUCCESS') return refusal('62001', 'ORDER_PAID');
      if (order.status === 'SETTLED') return refusal('62003', 'ORDER_SETTLED');
      if (order.status === 'FAILURE') return refusal('62002', 'ORDER_FAILURE');
      order.status = 'FAILURE';
    }
    return success({ acquireOrder: order });
  }

  #place(id: string, content: Record<string, unknown>): string {
    const orderNo = `1317650546009${1000 + this.orders.size}`;
    const order = this.orders.get(id) ?? {
      ...content,
      orderNo,
      status: 'CREATED',
      revoked: 'false',
    };
    this.orders.set(id, order);
    if (order.status !== 'CREATED') return success({ acquireOrder: order });
    this.#tokens += 1;
    const tokenUrl = `https://uat-qr.test2pay.com?BIZ_TYPE=202&ft=token-${this.#tokens}&t=1795341600000`;
    return success({ acquireOrder: order, interActionParams: { tokenUrl } });
  }
}

const success = (body: object): string =>
  JSON.stringify({ body, head: { applyStatus: 'SUCCESS', code: '0', msg: 'SUCCESS' } });
