import { apiPath, type RequestReport } from '../http/gateway.ts';
import type { DeliveryReport } from '../notifications/notifier.ts';

/** What happened, in one line: `placeOrder M1: 0 SUCCESS`. */
export function describeEvent(event: RequestReport | DeliveryReport): string {
  const { merchantOrderNo, fault } = event;
  const name = event.kind === 'request' ? callName(event) : `notification ${event.attempt}`;
  const what = merchantOrderNo === undefined ? name : `${name} ${merchantOrderNo}`;
  const outcome = event.kind === 'request' ? answerOf(event) : deliveryOf(event);
  return `${what}: ${outcome}${fault === undefined ? '' : ` (fault: ${fault})`}`;
}

const callName = ({ method, path }: RequestReport) =>
  path.startsWith(apiPath)
    ? path.slice(apiPath.length).replace('/acquire2/', '')
    : `${method} ${path}`;

function answerOf({ status, code, msg }: RequestReport): string {
  if (status === 0) return 'no answer';
  return code === undefined ? String(status) : `${code} ${msg}`;
}

function deliveryOf({ url, outcome, retryIn }: DeliveryReport): string {
  const next = retryIn === undefined ? '' : `, next in ${Math.round(retryIn / 1000)} s`;
  return `${outcome}, ${url}${next}`;
}
