/** PayBy behind an injected fetch: signs with node:crypto, independently of the kit's own code. */
import { createSign, createVerify } from 'node:crypto';
import type { TestKeys } from '../../support/keys.ts';

const operations = {
  placeOrder: 'placeOrder',
  getOrder: 'getOrder',
  cancelOrder: 'cancelOrder',
  revokeOrder: 'revokeOrder',
  'refund/placeOrder': 'placeRefund',
  'refund/getOrder': 'getRefund',
  getCashierUrlInfo: 'getCashierUrlInfo',
  updateExpiredTime: 'updateExpiredTime',
} as const;

export type Operation = (typeof operations)[keyof typeof operations];

export interface Call {
  operation: Operation;
  /** The exact text that was sent. */
  text: string;
  content: Record<string, unknown>;
  headers: Headers;
  /** When it came, by the clock PayBy was given; epoch ms. */
  at: number;
}

/** What happens to one call in place of an answer. `work` does what PayBy would have done. */
export type Fault = (work: () => Response, signal: AbortSignal) => Response | Promise<Response>;

type PaybyState = Record<string, unknown> & { status: string };
type Content = Readonly<Record<string, unknown>>;
interface Money {
  amount: number;
  currency: string;
}

export const signText = (text: string, privatePem: string): string =>
  createSign('RSA-SHA256').update(text).sign(privatePem, 'base64');

export const refusal = (code: string, msg: string, applyStatus = 'FAIL'): string =>
  JSON.stringify({ head: { applyStatus, code, msg, traceCode: '328753' } });

export class FakePayby {
  readonly calls: Call[] = [];
  readonly orders = new Map<string, PaybyState>();
  /** By the refund's own number. */
  readonly refunds = new Map<string, PaybyState>();
  /** Calls that wait for a test's word. */
  held = 0;
  readonly #keys: { merchant: TestKeys; payby: TestKeys };
  readonly #faults = new Map<Operation, Fault[]>();
  /** What each order was placed with, as text. */
  readonly #placed = new Map<string, string>();
  /** The order of each tokenUrl ever given out. */
  readonly #tokenUrls = new Map<string, string>();
  /** Who scanned, by order. */
  readonly #scanned = new Map<string, string>();
  #tokens = 0;

  readonly #now: () => number;

  constructor(keys: { merchant: TestKeys; payby: TestKeys }, now: () => number = Date.now) {
    this.#keys = keys;
    this.#now = now;
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
    const total = order.totalAmount as Money;
    order.status = 'PAID_SUCCESS';
    order.paymentInfo = {
      paidAmount: { ...total, amount: paidAmount ?? total.amount },
      paidTime: 1795341600000,
      payChannel: 'BALANCE',
    };
  }

  /** Somebody scans the code of an order. */
  scan(id: string, mobileNumberMask = '+971-58*92'): void {
    this.#scanned.set(this.#order(id).merchantOrderNo as string, mobileNumberMask);
  }

  /** The text of a notification about a refund as it is now. */
  refundNotification(refundMerchantOrderNo: string, change: Content = {}): string {
    const refund = this.refunds.get(refundMerchantOrderNo);
    if (refund === undefined) throw new Error(`PayBy has no refund ${refundMerchantOrderNo}`);
    return JSON.stringify({
      notify_id: '202611220002',
      notify_timestamp: 1795341600000,
      refundOrder: { ...refund, ...change },
    });
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
    const path = String(input).split('/acquire2/')[1] as keyof typeof operations;
    const operation = operations[path];
    const text = new TextDecoder().decode(init?.body as Uint8Array);
    const headers = new Headers(init?.headers);
    const verifier = createVerify('RSA-SHA256').update(text);
    if (!verifier.verify(this.#keys.merchant.publicPem, headers.get('sign') ?? '', 'base64')) {
      return new Response(refusal('401', 'sign verify fail', 'ERROR'), { status: 401 });
    }
    const content = JSON.parse(text).bizContent as Record<string, unknown>;
    this.calls.push({ operation, text, content, headers, at: this.#now() });
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

  #work(operation: Operation, content: Content): string {
    switch (operation) {
      case 'placeOrder':
        return this.#place(String(content.merchantOrderNo), content);
      case 'placeRefund':
        return this.#refund(content);
      case 'getRefund':
        return this.#getRefund(content);
      case 'getCashierUrlInfo':
        return this.#cashierUrlInfo(String(content.tokenUrl));
      default:
        return this.#change(operation, content);
    }
  }

  #find({ merchantOrderNo, orderNo }: Content): PaybyState | undefined {
    if (merchantOrderNo !== undefined) return this.orders.get(String(merchantOrderNo));
    return [...this.orders.values()].find((order) => order.orderNo === orderNo);
  }

  #change(operation: Operation, content: Content): string {
    const order = this.#find(content);
    if (order === undefined) {
      return content.merchantOrderNo === undefined
        ? refusal('62035', 'ORDER_NO_NOT_EXIST')
        : refusal('62004', 'MERCHANT_ORDER_NO_NOT_EXIST');
    }
    if (operation === 'revokeOrder') return this.#revoke(order);
    if (operation !== 'getOrder') {
      if (order.status === 'PAID_SUCCESS') return refusal('62001', 'ORDER_PAID');
      if (order.status === 'SETTLED') return refusal('62003', 'ORDER_SETTLED');
      if (order.status === 'FAILURE') return refusal('62002', 'ORDER_FAILURE');
      if (operation === 'cancelOrder') order.status = 'FAILURE';
      else order.expiredTime = content.expiredTime;
    }
    return success({ acquireOrder: order });
  }

  #revoke(order: PaybyState): string {
    if (order.revoked === 'true') return refusal('62040', 'ACQUIRE_ORDER_REVOKED');
    if (order.status === 'FAILURE') return refusal('62002', 'ORDER_FAILURE');
    if (order.paymentInfo !== undefined) order.revoked = 'true';
    if (order.status !== 'SETTLED') order.status = 'FAILURE';
    return success({ acquireOrder: order });
  }

  /** Looks at the money before it looks at the number, so a repetition may be told 62006. */
  #refund(content: Content): string {
    const { originMerchantOrderNo: merchantOrderNo, originOrderNo: orderNo } = content;
    const order = this.#find({ merchantOrderNo, orderNo });
    if (order === undefined) return refusal('62004', 'MERCHANT_ORDER_NO_NOT_EXIST');
    if (!/^(PAID_SUCCESS|SETTLED)$/.test(order.status)) return refusal('62015', 'ORDER_NOT_PAID');
    const amount = content.amount as Money;
    if (fils(amount) > this.#remaining(order)) return refusal('62006', 'REFUND_AMOUNT_EXCEEDED');
    const number = String(content.refundMerchantOrderNo);
    if (this.refunds.has(number)) return refusal('62017', 'REFUND_MERCHANT_ORDER_NO_EXIST');
    const refund = {
      ...content,
      originMerchantOrderNo: order.merchantOrderNo,
      orderNo: `1914054061130${1000 + this.refunds.size}`,
      status: 'SUCCESS',
    };
    this.refunds.set(number, refund);
    return this.#refunded(refund, order);
  }

  #getRefund({ refundMerchantOrderNo, orderNo }: Content): string {
    const refund = [...this.refunds.values()].find((each) =>
      refundMerchantOrderNo === undefined
        ? each.orderNo === orderNo
        : each.refundMerchantOrderNo === refundMerchantOrderNo,
    );
    if (refund === undefined) return refusal('62007', 'REFUND_MERCHANT_ORDER_NO_NOT_EXIST');
    return this.#refunded(refund, this.#order(String(refund.originMerchantOrderNo)));
  }

  #refunded(refund: PaybyState, order: PaybyState): string {
    const acquireAmount = order.totalAmount as Money;
    const remainRefundAmount = { ...acquireAmount, amount: this.#remaining(order) / 100 };
    return success({
      refundOrder: refund,
      refundSummary: { acquireAmount, remainRefundAmount },
    });
  }

  #remaining(order: PaybyState): number {
    const given = [...this.refunds.values()]
      .filter((refund) => refund.originMerchantOrderNo === order.merchantOrderNo)
      .map((refund) => fils(refund.amount as Money));
    return given.reduce((rest, amount) => rest - amount, fils(order.totalAmount as Money));
  }

  #cashierUrlInfo(tokenUrl: string): string {
    const id = this.#tokenUrls.get(tokenUrl);
    if (id === undefined) return refusal('62082', 'TOKEN_URL_NOT_EXIST');
    const mobileNumberMask = this.#scanned.get(id);
    return success(mobileNumberMask === undefined ? {} : { payer: { mobileNumberMask } });
  }

  #place(id: string, content: Content): string {
    const asked = JSON.stringify(content);
    const placed = this.#placed.get(id) ?? asked;
    if (placed !== asked) return refusal('62016', 'MERCHANT_ORDER_NO_EXIST');
    this.#placed.set(id, placed);
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
    return success({ acquireOrder: order, interActionParams: this.#way(id, content) });
  }

  #way(id: string, content: Content): object {
    const token = `ft=token-${this.#tokens}&t=1795341600000`;
    if (content.paySceneCode === 'EWALLET') {
      return { deepLink: `https://uat-app.test2pay.com/pay?${token}` };
    }
    const tokenUrl = `https://uat-qr.test2pay.com?BIZ_TYPE=202&${token}`;
    this.#tokenUrls.set(tokenUrl, id);
    return { tokenUrl };
  }
}

/** Dirhams as whole fils: sums of them are exact. */
const fils = ({ amount }: Money): number => Math.round(amount * 100);

const success = (body: object): string =>
  JSON.stringify({ body, head: { applyStatus: 'SUCCESS', code: '0', msg: 'SUCCESS' } });
