import { nextTask } from '../src/order/next-task.ts';

/** A QR code as far as its modules are looked at. */
interface Modules {
  getModuleCount(): number;
  isDark(row: number, column: number): boolean;
}

/** Which modules a mask turns over. */
type Mask = (row: number, column: number) => boolean;

const [none, all] = [8, 9];

/** The mask that turns nothing over, by {@link none}, or everything, by {@link all}. */
export const extremeMask = (mask: number) => () => mask === all;

/**
 * The mask with which a code is the least hard to read, of the eight there are. The same as the library
 * finds, which makes the whole code anew for each and asks for every module some thirty times: on a slow phone,
 * a good part of the time that the whole code takes, in which it would answer to nothing. So this lets the
 * browser go first in between.
 *
 * @param draw makes the code with that mask, and without what tells a reader which it is
 * @param maskOf the eight masks, 0 to 7, and {@link extremeMask} of 8 and 9
 */
export async function bestMask(
  draw: (isTest: boolean, mask: number) => void,
  code: Modules,
  maskOf: (mask: number) => Mask,
): Promise<number> {
  draw(true, none);
  const plain = modulesOf(code);
  await nextTask();
  draw(true, all);
  const turned = modulesOf(code);
  const size = code.getModuleCount();
  const width = size + 2;
  const modules = plain.slice();
  let [best, least] = [0, Number.POSITIVE_INFINITY];
  for (let mask = 0; mask < 8; mask += 1) {
    if (mask % 4 === 0) await nextTask();
    const isTurned = maskOf(mask);
    for (let row = 0, at = width + 1; row < size; row += 1, at += 2) {
      for (let column = 0; column < size; column += 1, at += 1)
        modules[at] = (isTurned(row, column) ? turned : plain)[at] ?? 0;
    }
    const penalty = penaltyOf(modules, size);
    if (penalty < least) [best, least] = [mask, penalty];
  }
  await nextTask();
  return best;
}

/** All in one line, with a border that is neither light nor dark. */
function modulesOf(code: Modules): Uint8Array {
  const size = code.getModuleCount();
  const width = size + 2;
  const modules = new Uint8Array(width * width).fill(2);
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column < size; column += 1)
      modules[(row + 1) * width + column + 1] = +code.isDark(row, column);
  }
  return modules;
}

function penaltyOf(modules: Uint8Array, size: number): number {
  const width = size + 2;
  const isFinder = (at: number, step: number) =>
    !modules[at + step] &&
    modules[at + 2 * step] === 1 &&
    modules[at + 3 * step] === 1 &&
    modules[at + 4 * step] === 1 &&
    !modules[at + 5 * step] &&
    modules[at + 6 * step] === 1;
  let [penalty, dark] = [0, 0];
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
    if (!own) continue;
    dark += 1;
    if (isFinder(at, 1)) penalty += 40;
    if (isFinder(at, width)) penalty += 40;
  }
  return penalty + (Math.abs((100 * dark) / size / size - 50) / 5) * 10;
}
