/** The bodies of the control's requests. A form sends text where JSON has numbers: both are read. */
import * as v from 'valibot';
import { ActionError, type PaymentDetails } from '../actions.ts';
import { readFaultRule } from '../faults/fault-rule.ts';
import type { FaultRule } from '../faults/faults.ts';

/** A field that a form sends empty when nothing was filled in. */
const blank = v.pipe(
  v.literal(''),
  v.transform(() => undefined),
);

const number = v.union([
  blank,
  v.number(),
  v.pipe(v.string(), v.trim(), v.decimal(), v.transform(Number)),
]);

const text = v.union([blank, v.string()]);

const payment = v.object({
  payer: v.optional(text),
  paidAmount: v.optional(v.union([blank, v.number(), v.string()])),
});

export const readPayment = (fields: unknown): PaymentDetails => {
  const { payer, paidAmount } = read(payment, fields);
  return { ...(payer && { payer }), ...(paidAmount !== undefined && { paidAmount }) };
};

const clock = v.object({ advance: v.optional(number), timeScale: v.optional(number) });

/** How long to let pass, ms, and the pace; what is absent stays as it is. */
export const readClock = (fields: unknown): v.InferOutput<typeof clock> => read(clock, fields);

const ips = v.object({
  ips: v.union([v.null(), v.array(v.string()), v.string()]),
});

/** A list, or text with spaces or commas between; null or empty text lets everybody in. */
export function readIps(fields: unknown): readonly string[] | undefined {
  const { ips: asked } = read(ips, fields);
  const rules = typeof asked === 'string' ? asked.split(/[\s,]+/).filter(Boolean) : asked;
  return typeof asked === 'string' && rules?.length === 0 ? undefined : (rules ?? undefined);
}

const flat = v.object({
  kind: v.string(),
  on: v.optional(text),
  code: v.optional(text),
  delay: v.optional(number),
  done: v.optional(
    v.union([
      blank,
      v.boolean(),
      v.pipe(
        v.literal('yes'),
        v.transform(() => true),
      ),
    ]),
  ),
  merchantOrderNo: v.optional(text),
  times: v.optional(v.union([v.literal('always'), number])),
});

/** A fault as JSON has it, or with all its fields side by side as a form sends them. */
export function readRule(fields: unknown): FaultRule {
  if (v.is(v.looseObject({ fault: v.unknown() }), fields)) return readFaultRule(fields);
  const { on, merchantOrderNo, times, ...fault } = read(flat, fields);
  return readFaultRule(
    present({ on, merchantOrderNo, times, fault: present(fitting(fault.kind, fault)) }),
  );
}

/** Only the fields that this kind of fault has: a form sends those of all. */
function fitting(kind: string, { code, delay, done }: v.InferOutput<typeof flat>) {
  const isCode = kind === 'code';
  return {
    kind,
    code: isCode ? code : undefined,
    done: isCode || kind === 'silence' || kind === 'reset' ? done : undefined,
    delay,
  };
}

const present = (fields: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));

function read<const Schema extends v.GenericSchema>(
  schema: Schema,
  fields: unknown,
): v.InferOutput<Schema> {
  const result = v.safeParse(schema, fields);
  if (result.success) return result.output;
  const [issue] = result.issues;
  const at = v.getDotPath(issue) ?? 'body';
  throw new ActionError('invalid', `${at} cannot be used: ${issue.message}.`);
}
