import { type Actions, createActions } from './actions.ts';
import { CaseDesk } from './control/cases/case-desk.ts';
import type { EventLog } from './events/event-log.ts';
import type { FaultQueue } from './faults/faults.ts';
import type { CallDesk } from './http/api-call.ts';
import { subjectsOfCall } from './http/call-subjects.ts';
import type { Answer } from './http/connection.ts';
import { apiPath, createGateway, type GatewayPorts, type RequestReport } from './http/gateway.ts';
import { signBytes } from './keys.ts';
import { createAnnouncer } from './notifications/announcer.ts';
import { type DeliveryReport, Notifier } from './notifications/notifier.ts';
import { createOperations } from './operations.ts';
import type { SandboxSettings } from './options.ts';
import { OrderBook } from './orders/order-book.ts';
import { RefundBook } from './refunds/refund-book.ts';
import type { SandboxClock } from './time/sandbox-clock.ts';
import { createWallet, walletUrl } from './wallet/wallet.ts';

export interface WorldPorts {
  settings: SandboxSettings;
  clock: SandboxClock;
  faults: FaultQueue;
  log: EventLog;
  allowedIps: () => readonly string[] | undefined;
  /** Where payers reach the sandbox, without a slash at its end. */
  publicUrl: () => string;
  /** Other pages on the same origin. */
  pages: GatewayPorts['pages'];
}

/** Everything that happens between two resets: the orders and whoever works on them. */
export interface World {
  book: OrderBook;
  refunds: RefundBook;
  actions: Actions;
  cases: CaseDesk;
  answer: Answer;
  /** Ends what is under way: notifications, and calls that are held. */
  end(): void;
}

export function createWorld(ports: WorldPorts): World {
  const { settings, clock, faults, log, allowedIps, publicUrl } = ports;
  const { partnerId, merchant, payby, schedule, fetch } = settings;
  const now = clock.now;
  const closing = new AbortController();

  const refunds = new RefundBook();
  const book = new OrderBook({
    now,
    get settleAfter() {
      return settings.settleAfter / clock.timeScale;
    },
    most: settings.mostOrders,
    letGo: (order) => refunds.forget(order),
  });
  const report = (entry: RequestReport | DeliveryReport) => {
    if (entry.kind === 'notification') cases.heard(entry);
    const isCall = entry.kind === 'request' && entry.path.startsWith(apiPath);
    if (isCall || entry.kind === 'notification') log.add({ ...entry, at: now() });
    settings.report(entry);
  };
  const sign = (body: Uint8Array) => signBytes(body, payby.privateKey);
  const fault = (about: readonly string[]) => faults.takeForNotification(about);
  const notifier = new Notifier({ fetch, schedule, clock, sign, fault, report });
  const { onFinished, onRefunded } = createAnnouncer({
    book,
    partnerId,
    send: (url, content) => notifier.send(url, content),
  });
  const actions = createActions({ book, refunds, now, onFinished, onRefunded });
  const cases = new CaseDesk({
    clock,
    find: (merchantOrderNo) => book.byMerchantOrderNo(merchantOrderNo),
    pay: (merchantOrderNo) => actions.pay(merchantOrderNo),
  });

  const calls: CallDesk = ({ on, bizContent }) => {
    const about = subjectsOfCall(bizContent, book, refunds);
    const part = cases.begin(on, about[0]);
    const { end, fault = faults.takeForCall(on, about) } = part;
    return { merchantOrderNo: about[0], fault, end };
  };
  const gateway = createGateway({
    partnerId,
    merchantPublicKey: merchant.publicKey,
    operations: createOperations({
      book,
      refunds,
      partnerId,
      now,
      schedule: clock.schedule,
      refundDelay: () => settings.refundDelay,
      onRefunded,
      tokenUrl: (token) => walletUrl(publicUrl(), token),
    }),
    pages: [createWallet({ book, partnerId, now, actions }), ...ports.pages],
    allowedIps,
    calls,
    closing: closing.signal,
    schedule,
    sign,
    now,
    report,
  });
  return {
    book,
    refunds,
    actions,
    cases,
    answer: async (request, connection) => gateway.fetch(request, { connection }),
    end() {
      notifier.close();
      closing.abort();
    },
  };
}
