/**
 * A text as any database can carry it: characters that UTF-8 or a C string has no room for (lone
 * surrogates, NUL) are escaped, one to one, so that two texts never become the same. The text a shop's
 * ids and references are made of stays as it is.
 */
export const storable = (text: string): string => JSON.stringify(text).slice(1, -1);
