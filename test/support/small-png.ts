import { crc32, deflateSync } from 'node:zlib';
import type { PNG } from 'pngjs';

/** How far, in RGB, a colour may lie from the one that stands for it: too little for an eye to see. */
const reach = 14;

/** A picture as a PNG with a palette, which pngjs reads but does not write: a third of the bytes. */
export function writePicture({ width, height, data }: PNG): Buffer {
  const { kept, indexOf } = paletteOf(data);
  const rows = Buffer.alloc((width + 1) * height); // each row begins with its filter: none
  for (let pixel = 0; pixel < width * height; pixel += 1) {
    const index = indexOf.get(data.readUIntBE(pixel * 4, 3)) ?? 0;
    rows[pixel + Math.floor(pixel / width) + 1] = index;
  }
  const palette = Buffer.alloc(kept.length * 3);
  for (const [index, colour] of kept.entries()) palette.writeUIntBE(colour, index * 3, 3);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 3], 8); // eight bits a pixel, into a palette
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    chunk('PLTE', palette),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/**
 * Every colour with its place in the palette. Text drawn smoothly has a thousand and more, most of them
 * hardly to be told apart: one in little use gives way to a frequent one within reach.
 */
function paletteOf(data: Buffer) {
  const counts = new Map<number, number>();
  for (let at = 0; at < data.length; at += 4) {
    const colour = data.readUIntBE(at, 3);
    counts.set(colour, (counts.get(colour) ?? 0) + 1);
  }
  const byUse = [...counts].sort(([a, x], [b, y]) => y - x || a - b);
  const kept: number[] = [];
  const indexOf = new Map<number, number>();
  for (const [colour] of byUse) {
    const near = kept.findIndex((other) => distance(colour, other) <= reach);
    indexOf.set(colour, near < 0 ? kept.push(colour) - 1 : near);
  }
  if (kept.length > 256) throw new Error(`${kept.length} colours are too many for a palette.`);
  return { kept, indexOf };
}

const distance = (a: number, b: number): number =>
  Math.hypot(...[16, 8, 0].map((shift) => ((a >> shift) & 255) - ((b >> shift) & 255)));

function chunk(type: string, content: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), content]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(content.length);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}
