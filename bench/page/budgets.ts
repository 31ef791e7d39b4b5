/** What was measured, beside what is allowed. */

export interface Row {
  what: string;
  measured: string;
  /** Absent where a figure is only told. */
  limit?: string;
  verdict?: 'ok' | 'over';
}

export type Unit = 'ms' | 'kB' | '×' | '%' | '';

/** The middle of the values; of an even number of them, the lower of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? Number.NaN;
}

/** A figure as it is printed: whole milliseconds and per cent, kilobytes of 1,000 bytes. */
export function figure(value: number, unit: Unit): string {
  if (unit === 'ms' || unit === '%') return `${value.toFixed(0)} ${unit}`;
  if (unit === 'kB') return `${(value / 1000).toFixed(1)} kB`;
  return unit === '×' ? `${value.toFixed(2)} ×` : String(Number(value.toFixed(4)));
}

export const told = (what: string, value: number, unit: Unit): Row => ({
  what,
  measured: figure(value, unit),
});

/** A figure that may be as high as `limit`. One that could not be had is over it. */
export const atMost = (what: string, value: number, limit: number, unit: Unit): Row => ({
  what,
  measured: figure(value, unit),
  limit: `≤ ${figure(limit, unit)}`,
  verdict: value <= limit ? 'ok' : 'over',
});

/** A figure that must be below `limit`. */
export const below = (what: string, value: number, limit: number, unit: Unit): Row => ({
  what,
  measured: figure(value, unit),
  limit: `< ${figure(limit, unit)}`,
  verdict: value < limit ? 'ok' : 'over',
});

export const isOver = ({ verdict }: Row): boolean => verdict === 'over';

export function tableOf(rows: readonly Row[]): string {
  const cells = rows.map(({ what, measured, limit = '', verdict = '' }) => {
    return [what, measured, limit, verdict];
  });
  const all = [['', 'measured', 'budget', ''], ...cells];
  const widths = [0, 1, 2, 3].map((at) => Math.max(...all.map((row) => row[at]?.length ?? 0)));
  return all
    .map((row) => row.map((cell, at) => align(cell, widths[at] ?? 0, at)).join('  '))
    .map((line) => line.trimEnd())
    .join('\n');
}

const align = (cell: string, width: number, at: number) =>
  at === 1 || at === 2 ? cell.padStart(width) : cell.padEnd(width);
