/**
 * The fields of these objects, those of later ones first, and no others: what a page, or a stranger by way
 * of it, has put on all objects is no part of an order.
 */
export const ownFields = <Fields extends object>(...of: (Fields | undefined)[]): Fields =>
  Object.assign(Object.create(null), ...of);
