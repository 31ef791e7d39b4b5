/** Whether the ids of orders can be guessed, as far as a few of them tell. Pure. */
import { excerpt } from '../answer.ts';
import { fail, type Judgement, notChecked, pass } from '../finding.ts';

/** What a guesser who sends a thousand requests a second does not find in a lifetime, bits. */
const enough = 64;

/**
 * What ids have in common at their ends is no secret; of the rest, as many bits as its letters can
 * carry. A count or a clock in an id shares its front with the next one.
 */
export function judgeIds(all: readonly string[]): Judgement {
  const ids = [...new Set(all)];
  const [first] = ids;
  if (first === undefined) return notChecked('no order was made');
  const bits = Math.floor(Math.min(...varyingParts(ids).map(bitsIn)));
  const shown = ids
    .slice(0, 3)
    .map((id) => excerpt(id, 40))
    .join(', ');
  if (bits < enough) return fail(`${shown}: about ${bits} bits that differ`);
  const seen = ids.length === 1 ? 'one id seen' : `${ids.length} ids seen`;
  return pass(`about ${bits} bits, ${seen}`);
}

function varyingParts(ids: readonly string[]): string[] {
  if (ids.length < 2) return [...ids];
  const head = commonLength(ids);
  const rest = ids.map((id) => id.slice(head));
  const tail = commonLength(rest.map((id) => [...id].reverse().join('')));
  return rest.map((id) => id.slice(0, id.length - tail));
}

function commonLength([first = '', ...others]: readonly string[]): number {
  let length = 0;
  while (length < first.length && others.every((id) => id[length] === first[length])) length += 1;
  return length;
}

function bitsIn(text: string): number {
  const letters = text.replace(/[^A-Za-z0-9]/g, '');
  return letters.length * Math.log2(alphabet(letters));
}

function alphabet(letters: string): number {
  if (/^\d*$/.test(letters)) return 10;
  if (/^([\da-f]*|[\dA-F]*)$/.test(letters)) return 16;
  return /^([\da-z]*|[\dA-Z]*)$/.test(letters) ? 36 : 62;
}
