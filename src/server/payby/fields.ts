/** Schemas of the fields PayBy's answers are made of. */
import * as v from 'valibot';

export const text = v.pipe(v.string(), v.regex(/\S/));

/** Money on the wire; `amountFromWire` has the last word on the amount. */
export const money = v.object({
  amount: v.pipe(v.number(), v.minValue(0)),
  currency: v.pipe(v.string(), v.regex(/^[A-Z]{3}$/)),
});

/** A field that only informs: of the wrong type, or null, it says nothing, and hides nothing else. */
export const loose = <const Schema extends v.GenericSchema>(schema: Schema) =>
  v.fallback(v.optional(schema), undefined);
