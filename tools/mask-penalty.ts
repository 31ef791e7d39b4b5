/** A QR code as far as its modules are looked at. */
interface Modules {
  getModuleCount(): number;
  isDark(row: number, column: number): boolean;
}

/**
 * How hard a code is to read, by the four rules of ISO/IEC 18004; the mask with the least is taken. In place
 * of the library's own, which asks for every module some thirty times: it keeps a slow phone busy for
 * longer than all the rest of a code.
 */
export function maskPenalty(code: Modules): number {
  const size = code.getModuleCount();
  const rows: string[] = [];
  const columns = Array<string>(size).fill('');
  let [penalty, dark] = [0, 0];
  for (let row = 0; row < size; row += 1) {
    let line = '';
    for (let column = 0; column < size; column += 1) {
      const module = code.isDark(row, column) ? '1' : '0';
      dark += +module;
      line += module;
      columns[column] += module;
    }
    // Squares of two by two alike, by what the two modules of each column are.
    const above = rows.at(-1) ?? '';
    for (let column = 1; column < above.length; column += 1) {
      const square = line[column];
      const isAlike = square === line[column - 1] && square === above[column];
      if (isAlike && square === above[column - 1]) penalty += 3;
    }
    rows.push(line);
  }
  const lines = [...rows, ...columns].join('\n');
  for (const [run] of lines.matchAll(/0{5,}|1{5,}/g)) penalty += run.length - 2;
  // What a scanner may take for a corner.
  penalty += 40 * (lines.match(/(?=10111010000|00001011101)/g)?.length ?? 0);
  return penalty + 10 * Math.floor(Math.abs((100 * dark) / size / size - 50) / 5);
}
