import { entryOf } from '../troubleshooting.ts';
import type { RequestReport } from './http/gateway.ts';
import { isIpRule } from './http/ip-whitelist.ts';
import { type KeyPair, newKeyPair, readKeyPair } from './keys.ts';
import { type DeliveryReport, retryDelays } from './notifications/notifier.ts';
import { longestTimer } from './time/sandbox-clock.ts';
import { type Schedule, systemSchedule } from './time/time.ts';
import { isHttpUrl } from './wire/fields.ts';

const day = 86_400_000;

export interface SandboxOptions {
  /** The only merchant it knows, ≤ 12 characters; default `200000000001`. */
  partnerId?: string;
  /** RSA private key of the merchant, PEM or bare Base64 PKCS#8; a fresh 2048-bit one by default. */
  merchantPrivateKey?: string;
  /** RSA private key of the gateway, likewise. */
  paybyPrivateKey?: string;
  /**
   * Where payers reach the sandbox, http(s): codes point below it. By default `http://localhost`
   * with the port it listens on (4010 before that); for a phone, name this machine's address.
   */
  publicUrl?: string;
  /**
   * Divides the gateway's own waits, such as those between notification retries; 1, the default, is
   * as PayBy documents them. When an order expires, its merchant says.
   */
  timeScale?: number;
  /** How long after its payment an order is settled to the merchant, ms; default one day. */
  settleAfter?: number;
  /**
   * Keeps refunds pending instead of letting them succeed at once: for so many ms, or with true until
   * `actions.finishRefund` ends them.
   */
  refundsPend?: boolean | number;
  /**
   * Above so many orders, give or take a tenth, the oldest are forgotten with their refunds, but for
   * those that may still be paid or have a refund pending; default 10,000.
   */
  mostOrders?: number;
  /** The IP whitelist: addresses, subnets like `10.0.0.0/8`, or `*`. By default everybody is served. */
  allowedIps?: readonly string[];
  /** Delivers notifications, to any http(s) notifyUrl a signed order names. */
  fetch?: typeof fetch;
  /** The clock, epoch ms. */
  now?: () => number;
  /** Timers for notifications; the default ones do not keep the process alive. */
  schedule?: Schedule;
  /** Hears of every answer given and every notification attempted. */
  requestLog?: (entry: RequestReport | DeliveryReport) => unknown;
}

/** The options with their defaults filled in. */
export interface SandboxSettings {
  partnerId: string;
  merchant: KeyPair;
  payby: KeyPair;
  /** Without a slash at its end; undefined follows the port listened on. */
  publicUrl: string | undefined;
  timeScale: number;
  settleAfter: number;
  /** How long a refund pends before it succeeds, ms; Infinity: until somebody finishes it. */
  refundDelay: number;
  mostOrders: number;
  allowedIps: readonly string[] | undefined;
  fetch: typeof fetch;
  now: () => number;
  schedule: Schedule;
  report: (entry: RequestReport | DeliveryReport) => void;
}

/** @throws TypeError naming the option that cannot be used */
export function readOptions(options: SandboxOptions): SandboxSettings {
  const { partnerId = '200000000001', publicUrl, timeScale = 1, settleAfter = day } = options;
  const { mostOrders = 10_000 } = options;
  if (!/^[\w-]{1,12}$/.test(partnerId)) {
    throw unusable('partnerId', partnerId, 'give 1 to 12 letters or digits');
  }
  if (publicUrl !== undefined && !isHttpUrl(publicUrl)) {
    throw unusable('publicUrl', publicUrl, 'give an http(s) URL');
  }
  if (!(timeScale > 0 && timeScale < Infinity)) {
    throw unusable('timeScale', timeScale, 'give a number above 0');
  }
  const longestRetryDelay = Math.max(...retryDelays);
  if (longestRetryDelay / timeScale > longestTimer) {
    const least = Math.ceil((longestRetryDelay / longestTimer) * 1000) / 1000;
    throw unusable(
      'timeScale',
      timeScale,
      `timers reach no further than 24 days: give ${least} or more`,
    );
  }
  const refundDelay = readRefundDelay(options.refundsPend);
  const wrongIp = options.allowedIps?.find((rule) => !isIpRule(rule));
  if (wrongIp !== undefined) {
    throw unusable('allowedIps', wrongIp, 'give an IP address, a subnet such as 10.0.0.0/8, or *');
  }
  if (!(settleAfter >= 0)) throw unusable('settleAfter', settleAfter, 'give ms, 0 or more');
  if (!(mostOrders >= 1)) throw unusable('mostOrders', mostOrders, 'give a number of 1 or more');
  return {
    partnerId,
    merchant: keyPair(options, 'merchantPrivateKey'),
    payby: keyPair(options, 'paybyPrivateKey'),
    publicUrl: publicUrl?.replace(/\/+$/, ''),
    timeScale,
    settleAfter,
    refundDelay,
    mostOrders,
    allowedIps: options.allowedIps,
    fetch: options.fetch ?? fetch,
    now: options.now ?? Date.now,
    schedule: options.schedule ?? systemSchedule,
    report: quiet(options.requestLog),
  };
}

function keyPair(options: SandboxOptions, name: 'merchantPrivateKey' | 'paybyPrivateKey') {
  const text = options[name];
  return text === undefined ? newKeyPair() : readKeyPair(text, name);
}

function readRefundDelay(refundsPend: boolean | number = false): number {
  if (typeof refundsPend === 'boolean') return refundsPend ? Infinity : 0;
  if (refundsPend >= 0 && refundsPend <= longestTimer) return refundsPend;
  throw unusable('refundsPend', refundsPend, `give true, or ms from 0 to ${longestTimer}`);
}

/** A log that fails, at once or later, must not change what it logs. */
const quiet =
  (log: SandboxOptions['requestLog']): SandboxSettings['report'] =>
  (entry) => {
    (async () => log?.(entry))().catch(() => {});
  };

const unusable = (option: string, value: unknown, wayOut: string) =>
  new TypeError(
    `createSandbox: ${option} ${JSON.stringify(value)} cannot be used; ${wayOut}. See ${entryOf('createsandbox')}.`,
  );
