/** What the control can be asked over HTTP. */
import { ActionError, type Actions } from '../actions.ts';
import type { SandboxOrder } from '../orders/order.ts';
import { isCaseId } from './cases/cases.ts';
import type { SandboxControl } from './control.ts';
import { readClock, readIps, readPayment, readRule } from './input.ts';
import { clockView, orderView, refundView } from './views.ts';

export interface RoutePorts {
  control: SandboxControl;
  actions: () => Actions;
  partnerId: string;
}

/** The fields of a request's body, from JSON or from a form. */
export type Fields = Readonly<Record<string, unknown>>;

/**
 * Looks something up or does something, and returns what to answer.
 *
 * @param no the number in the path: of an order, a refund, a fault or a case
 * @throws ActionError where it cannot be done
 */
export type Route = (no: string, fields: Fields) => unknown;

/** The routes by method and path below `/control`. A form has no DELETE: it posts `…/clear`. */
export function createRoutes({ control, actions, partnerId }: RoutePorts): Record<string, Route> {
  const view = (order: SandboxOrder) => orderView(order, partnerId);
  const orders = () => control.orders().map(view);
  const refunds = () => control.refunds().map(refundView);
  const clock = () => clockView(control);
  const allowedIps = () => ({ ips: control.allowedIps ?? null });
  const caseOf = (no: string) =>
    isCaseId(no) ? no : fail(`There is no case ${no}; name one of 001 to 009.`);
  const clearFaults = (no?: string) => {
    control.clearFaults(no === undefined ? undefined : Number(no));
    return control.faults();
  };
  const disarm: Route = (no) => control.disarmCase(caseOf(no));

  return {
    'GET /state': () => ({
      partnerId,
      clock: clock(),
      orders: orders(),
      refunds: refunds(),
      faults: control.faults(),
      cases: control.verdicts(),
      allowedIps: control.allowedIps ?? null,
    }),
    'GET /orders': orders,
    'GET /orders/:no': (no) =>
      view(
        control.orders().find((order) => isNamed(no, order)) ??
          fail(`There is no order ${no}; name it by its merchantOrderNo or orderNo.`),
      ),
    'POST /orders/:no/scan': (no, fields) => view(actions().scan(no, readPayment(fields).payer)),
    'POST /orders/:no/pay': (no, fields) => view(actions().pay(no, readPayment(fields))),
    'POST /orders/:no/decline': (no, fields) =>
      view(actions().decline(no, readPayment(fields).payer)),
    'POST /orders/:no/settle': (no) => view(actions().settle(no)),
    'POST /orders/:no/expire': (no) => view(actions().expire(no)),
    'POST /orders/:no/lapse': (no) => view(actions().lapse(no)),

    'GET /refunds': refunds,
    'POST /refunds/:no/deduct': (no) => refundView(actions().deductRefund(no)),
    'POST /refunds/:no/succeed': (no) => refundView(actions().finishRefund(no, 'SUCCESS')),
    'POST /refunds/:no/fail': (no) => refundView(actions().finishRefund(no, 'FAILURE')),

    'GET /events': () => control.events(),

    'GET /faults': () => control.faults(),
    'POST /faults': (_, fields) => control.addFault(readRule(fields)),
    'DELETE /faults': () => clearFaults(),
    'POST /faults/clear': () => clearFaults(),
    'DELETE /faults/:no': (no) => clearFaults(no),
    'POST /faults/:no/clear': (no) => clearFaults(no),

    'GET /cases': () => control.verdicts(),
    'GET /cases/:no': (no) => control.verdict(caseOf(no)),
    'POST /cases/:no': (no) => control.armCase(caseOf(no)),
    'DELETE /cases/:no': disarm,
    'POST /cases/:no/clear': disarm,

    'GET /clock': clock,
    'POST /clock': (_, fields) => {
      const { timeScale, advance } = readClock(fields);
      if (timeScale !== undefined) control.timeScale = timeScale;
      if (advance !== undefined) control.advance(advance);
      return clock();
    },
    'GET /allowed-ips': allowedIps,
    'POST /allowed-ips': (_, fields) => {
      control.allowedIps = readIps(fields);
      return allowedIps();
    },
    'POST /reset': () => {
      control.reset();
      return {};
    },
  };
}

const isNamed = (no: string, { orderNo, terms }: SandboxOrder) =>
  no === orderNo || no === terms.merchantOrderNo;

function fail(message: string): never {
  throw new ActionError('unknown', message);
}
