import * as v from 'valibot';
import { ActionError } from '../actions.ts';
import { merchantNo } from '../wire/fields.ts';
import { type ReturnName, returnCodes } from '../wire/return-codes.ts';
import { type FaultRule, targets } from './faults.ts';

/** The longest wait a fault can ask for, ms. */
const longestDelay = 86_400_000;

const names = Object.keys(returnCodes) as ReturnName[];

const delay = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(longestDelay));
const late = { delay: v.optional(delay) };
const replacing = { done: v.optional(v.boolean()), ...late };

const callFault = v.variant('kind', [
  v.strictObject({ kind: v.literal('code'), code: v.picklist(names), ...replacing }),
  v.strictObject({ kind: v.picklist(['silence', 'reset']), ...replacing }),
  v.strictObject({ kind: v.literal('delay'), delay }),
  v.strictObject({ kind: v.picklist(['wrong-signature', 'unsigned', 'cut-off']), ...late }),
]);

const notificationFault = v.variant('kind', [
  v.strictObject({ kind: v.picklist(['lost', 'doubled', 'out-of-order', 'wrong-signature']) }),
  v.strictObject({ kind: v.literal('late'), delay }),
]);

const terms = {
  merchantOrderNo: v.optional(merchantNo),
  times: v.optional(
    v.union([v.literal('always'), v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1e6))]),
  ),
};

const callRule = v.strictObject({
  on: v.optional(v.picklist(targets)),
  fault: callFault,
  ...terms,
});

const notificationRule = v.strictObject({
  on: v.literal('notification'),
  fault: notificationFault,
  ...terms,
});

/** @throws ActionError `invalid`, naming the field that is wrong and what it may be */
export function readFaultRule(value: unknown): FaultRule {
  const isNotification = v.is(v.looseObject({ on: v.literal('notification') }), value);
  const read = v.safeParse(isNotification ? notificationRule : callRule, value);
  if (read.success) return read.output;
  const [issue] = read.issues;
  const path = v.getDotPath(issue) ?? 'rule';
  const message = issue.message.replace(/[()]/g, '');
  throw new ActionError('invalid', `The fault cannot be used: ${path}: ${message}.`);
}
