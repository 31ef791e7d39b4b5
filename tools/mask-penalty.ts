/** A QR code as far as its modules are looked at. */
interface Modules {
  getModuleCount(): number;
  isDark(row: number, column: number): boolean;
}

/**
 * How hard a code is to read; of the eight masks the one with the least is taken. The same to the last digit
 * as the library's own, which asks for every module some thirty times: on a slow phone, a good part of the
 * time of the whole code.
 */
export function maskPenalty(code: Modules): number {
  const size = code.getModuleCount();
  // All in one line, with a border that is neither light nor dark.
  const width = size + 2;
  const modules = new Uint8Array(width * width).fill(2);
  let dark = 0;
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column < size; column += 1) {
      const module = +code.isDark(row, column);
      modules[(row + 1) * width + column + 1] = module;
      dark += module;
    }
  }
  const isFinder = (at: number, step: number) =>
    !modules[at + step] &&
    modules[at + 2 * step] === 1 &&
    modules[at + 3 * step] === 1 &&
    modules[at + 4 * step] === 1 &&
    !modules[at + 5 * step] &&
    modules[at + 6 * step] === 1;
  let penalty = 0;
  for (let at = width; at < modules.length - width; at += 1) {
    const own = modules[at];
    if (own === 2) continue;
    const right = modules[at + 1] === own;
    const below = modules[at + width] === own;
    const across = modules[at + width + 1] === own;
    const alike =
      +right +
      +below +
      +across +
      +(modules[at - 1] === own) +
      +(modules[at + width - 1] === own) +
      +(modules[at - width - 1] === own) +
      +(modules[at - width] === own) +
      +(modules[at - width + 1] === own);
    if (alike > 5) penalty += alike - 2;
    if (right && below && across) penalty += 3;
    if (own && isFinder(at, 1)) penalty += 40;
    if (own && isFinder(at, width)) penalty += 40;
  }
  return penalty + (Math.abs((100 * dark) / size / size - 50) / 5) * 10;
}
