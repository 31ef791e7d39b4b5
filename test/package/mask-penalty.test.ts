import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { maskPenalty } from '../../tools/mask-penalty.ts';
import { root } from './install.ts';

type Code = Parameters<typeof maskPenalty>[0];

/** What the script tag's build puts {@link maskPenalty} in the place of. */
function librarysOwn(): (code: Code) => number {
  const source = readFileSync(
    join(root, 'node_modules/qr-code-styling/lib/qr-code-styling.js'),
    'utf8',
  );
  const [own] = /(?<=getLostPoint=)function\(\w\)\{.*?50\)\/5\*10\}/.exec(source) ?? [];
  assert.ok(own, 'qr-code-styling has changed');
  return new Function(`return ${own}`)();
}

/** Modules by a rule, in a code of that size; outside of it the library's own throws. */
function codeOf(size: number, isDark: (row: number, column: number) => boolean): Code {
  return {
    getModuleCount: () => size,
    isDark(row, column) {
      if (row < 0 || row >= size || column < 0 || column >= size) throw new RangeError();
      return isDark(row, column);
    },
  };
}

/** The same modules each time that look like chance. */
function byChance(seed: number, share: number) {
  const cells = new Map<string, boolean>();
  let state = seed;
  return (row: number, column: number) => {
    const at = `${row} ${column}`;
    const known = cells.get(at);
    if (known !== undefined) return known;
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    const isDark = state / 2 ** 32 < share;
    cells.set(at, isDark);
    return isDark;
  };
}

describe('the penalty of a mask', () => {
  const own = librarysOwn();
  const finder = [true, false, true, true, true, false, true];
  const rules: Record<string, (row: number, column: number) => boolean> = {
    light: () => false,
    dark: () => true,
    chequered: (row, column) => (row + column) % 2 === 0,
    'of finders along the rows': (_, column) => finder[column % 7] ?? false,
    'of finders along the columns': (row) => finder[row % 7] ?? false,
  };
  for (let seed = 1; seed <= 20; seed += 1) rules[`of chance ${seed}`] = byChance(seed, seed / 21);

  for (const [what, rule] of Object.entries(rules)) {
    it(`is the library's own for a code ${what}`, () => {
      for (const size of [21, 41, 57]) {
        const code = codeOf(size, rule);
        assert.equal(maskPenalty(code), own(code));
      }
    });
  }
});
