/** What was measured, beside what is allowed. */

export interface Row {
  what: string;
  measured: string;
  /** Absent where a figure is only told. */
  limit?: string;
  verdict?: Verdict;
}

/** A limit is kept or broken, and a broken one fails the bench; a target is only told. */
export type Verdict = 'kept' | 'BROKEN' | 'reached' | 'not reached';

export const limited = (isKept: boolean): Verdict => (isKept ? 'kept' : 'BROKEN');

export function tableOf(rows: readonly Row[]): string {
  const cells = rows.map(({ what, measured, limit = '', verdict = '' }) => [
    what,
    measured,
    limit,
    verdict,
  ]);
  const all = [['', 'measured', 'limit', ''], ...cells];
  const widths = [0, 1, 2, 3].map((at) => Math.max(...all.map((row) => row[at]?.length ?? 0)));
  return all
    .map((row) => row.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join('  '))
    .map((line) => line.trimEnd())
    .join('\n');
}
