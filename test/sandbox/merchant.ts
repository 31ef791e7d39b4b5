/** A merchant for tests: signs and verifies with node:crypto, independently of the sandbox's code. */
import { createSign, createVerify } from 'node:crypto';
import { createSandbox, type Sandbox, type SandboxOptions } from '../../src/sandbox/index.ts';

/** 22 November 2026, 10:00 UTC. */
export const start = Date.UTC(2026, 10, 22, 10);
export const minute = 60_000;
export const hour = 60 * minute;

export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  head: { applyStatus: string; code: string; msg: string; traceCode: string };
  body?: {
    acquireOrder: Record<string, unknown>;
    interActionParams?: { tokenUrl?: string; deepLink?: string };
    refundOrder?: Record<string, unknown>;
    refundSummary?: Record<string, unknown>;
    payer?: Record<string, unknown>;
  };
}

export interface SendOptions {
  body?: string | Uint8Array<ArrayBuffer>;
  headers?: Record<string, string>;
  privateKey?: string;
}

export const sign = (bytes: string | Uint8Array, privateKey: string) =>
  createSign('RSA-SHA256').update(bytes).sign(privateKey, 'base64');

export const verify = (bytes: string | Uint8Array, signature: string, publicKey: string) =>
  createVerify('RSA-SHA256').update(bytes).verify(publicKey, signature, 'base64');

const { merchantPrivateKey, paybyPrivateKey } = (() => {
  // Making keys is slow: one merchant's pair and one gateway's serve all tests of a file.
  const [first, second] = [createSandbox(), createSandbox()];
  return {
    merchantPrivateKey: first.merchantPrivateKey,
    paybyPrivateKey: second.merchantPrivateKey,
  };
})();

/** A sandbox whose clock stands still until a test moves it, and a merchant who uses it. */
export function setUp(options: SandboxOptions = {}) {
  const clock = { now: start };
  const sandbox = createSandbox({
    now: () => clock.now,
    merchantPrivateKey,
    paybyPrivateKey,
    ...options,
  });
  return { clock, sandbox, ...merchantOf(sandbox, clock) };
}

export function merchantOf(sandbox: Sandbox, clock: { now: number }) {
  /** Sends raw bytes, signed unless the headers say otherwise. */
  async function send(path: string, options: SendOptions = {}): Promise<Answer> {
    const body = options.body ?? '';
    const response = await sandbox.fetch(sandbox.baseUrl + path, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'partner-id': sandbox.partnerId,
        sign: sign(body, options.privateKey ?? sandbox.merchantPrivateKey),
        ...options.headers,
      },
      body,
    });
    const text = await response.text();
    return { ...JSON.parse(text), status: response.status, headers: response.headers, text };
  }

  const call = (path: string, bizContent: unknown, requestTime: unknown = clock.now) =>
    send(path, { body: JSON.stringify({ requestTime, bizContent }) });

  return {
    send,
    call,
    place: (fields: Record<string, unknown> = {}, requestTime?: unknown) =>
      call('/acquire2/placeOrder', { ...orderFields, ...fields }, requestTime),
    get: (merchantOrderNo: string) => call('/acquire2/getOrder', { merchantOrderNo }),
    cancel: (merchantOrderNo: string) => call('/acquire2/cancelOrder', { merchantOrderNo }),
    revoke: (merchantOrderNo: string) => call('/acquire2/revokeOrder', { merchantOrderNo }),
    refund: (fields: Record<string, unknown> = {}) =>
      call('/acquire2/refund/placeOrder', { ...refundFields, ...fields }),
    getRefund: (refundMerchantOrderNo: string) =>
      call('/acquire2/refund/getOrder', { refundMerchantOrderNo }),
  };
}

export const orderFields = {
  merchantOrderNo: 'M1',
  subject: 'Cart 42',
  totalAmount: { amount: 12.3, currency: 'AED' },
  paySceneCode: 'DYNQR',
  notifyUrl: 'https://shop.example/notify',
};

export const refundFields = {
  refundMerchantOrderNo: 'R1',
  originMerchantOrderNo: 'M1',
  amount: { amount: 2.3, currency: 'AED' },
  reason: 'refund',
};

/** Money on the wire, read. */
export const aed = (amount: number) => ({ amount, currency: 'AED' });

/** What an answer says of itself, as `code msg`. */
export const verdict = ({ head }: Answer) => `${head.code} ${head.msg}`;

/** The link of an answer's code. */
export function tokenUrl(answer: Answer): string {
  const url = answer.body?.interActionParams?.tokenUrl;
  if (url === undefined) throw new Error(`No tokenUrl in ${answer.text}`);
  return url;
}

/** Opens a page of the wallet, following its redirects like a browser. */
export async function open(sandbox: Sandbox, url: string, init?: RequestInit) {
  let response = await sandbox.fetch(url, init);
  let at = url;
  while (response.status === 303) {
    at = new URL(response.headers.get('location') ?? '', at).href;
    response = await sandbox.fetch(at);
  }
  return { url: at, response, html: await response.text() };
}

/** Presses a button of the form on a wallet page. */
export async function press(sandbox: Sandbox, url: string, label: RegExp) {
  const { html } = await open(sandbox, url);
  const form = html.match(
    /<form method="post" action="([^"]+)">\s*<input type="hidden" name="(\w+)" value="(\w+)">/,
  );
  if (!form) throw new Error(`No form on ${url}`);
  const [, action = '', name = '', value = ''] = form;
  const button = [
    ...html.matchAll(/<button(?: class="\w+")?(?: formaction="([^"]+)")?>([^<]+)<\/button>/g),
  ];
  const pressed = button.find(([, , text]) => label.test(text ?? ''));
  if (!pressed) throw new Error(`No button ${label} on ${url}`);
  return open(sandbox, new URL(pressed[1] ?? action, url).href, {
    method: 'POST',
    body: new URLSearchParams({ [name]: value }),
  });
}
