import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import pixelmatch from 'pixelmatch';
import { PNG } from 'pngjs';
import { writePicture } from './small-png.ts';

const root = join(import.meta.dirname, '../..');
const kept = join(root, 'test/visual/pictures');
/** Where a picture that differs is put, beside one that shows where; git ignores it. */
const differing = join(root, 'build/looks');

/** How far apart two colours may be and still count as the same: 0 to 1, pixelmatch's own measure. */
const threshold = 0.1;
/** How many pixels in a hundred thousand may differ: even a changed dot is more than that. */
const tolerance = 5;

const fileOf = (name: string) => join(kept, `${name}.png`);
const readPicture = (bytes: Uint8Array) => PNG.sync.read(Buffer.from(bytes));
const shortly = (path: string) => relative(root, path);

/** Says what is wrong with a picture compared with the one that is kept; nothing when they match. */
export function complaintAbout(name: string, bytes: Uint8Array): string | undefined {
  const update = `if it is meant to look so: npm run visual:update -- ${name.replace(/-\d+$/, '')}`;
  if (!existsSync(fileOf(name))) return `${shortly(fileOf(name))} is missing; ${update}`;
  const actual = readPicture(bytes);
  const { difference, diff } = compare(name, actual);
  if (!difference) return undefined;
  mkdirSync(differing, { recursive: true });
  const actualFile = join(differing, `${name}.actual.png`);
  writeFileSync(actualFile, writePicture(actual));
  if (!diff) return `${shortly(actualFile)}: ${difference}; ${update}`;
  const diffFile = join(differing, `${name}.diff.png`);
  writeFileSync(diffFile, writePicture(diff));
  return `${shortly(actualFile)}: ${difference}, shown in ${shortly(diffFile)}; ${update}`;
}

/** Keeps a picture, unless one that matches is kept already; tells whether it did. */
export function keepPicture(name: string, bytes: Uint8Array): boolean {
  const actual = readPicture(bytes);
  if (existsSync(fileOf(name)) && !compare(name, actual).difference) return false;
  mkdirSync(kept, { recursive: true });
  writeFileSync(fileOf(name), writePicture(actual));
  return true;
}

/** Names of the pictures that are kept. */
export const keptPictures = (): string[] =>
  existsSync(kept) ? readdirSync(kept).map((file) => file.replace(/\.png$/, '')) : [];

export const dropPicture = (name: string): void => rmSync(fileOf(name));

function compare(name: string, actual: PNG): { difference?: string; diff?: PNG } {
  const expected = readPicture(readFileSync(fileOf(name)));
  const { width, height } = actual;
  if (width !== expected.width || height !== expected.height) {
    const was = `${expected.width} × ${expected.height}`;
    return { difference: `it is ${width} × ${height} pixels and was ${was}` };
  }
  const diff = new PNG({ width, height });
  const count = pixelmatch(expected.data, actual.data, diff.data, width, height, { threshold });
  const allowed = Math.floor((width * height * tolerance) / 100_000);
  return count > allowed ? { difference: `${count} pixels differ, ${allowed} may`, diff } : {};
}
