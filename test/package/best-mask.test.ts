import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { before, describe, it } from 'node:test';
import type QRCodeStyling from 'qr-code-styling';
import { build } from 'vite';
import { leanQrCodeStyling } from '../../tools/lean-qr-code-styling.ts';

type Library = typeof QRCodeStyling;

const require = createRequire(import.meta.url);
const ownFile = require.resolve('qr-code-styling');

/** The library as the script tag has it. */
async function leanLibrary(): Promise<Library> {
  const result = await build({
    configFile: false,
    logLevel: 'silent',
    plugins: [leanQrCodeStyling()],
    build: { write: false, lib: { entry: ownFile, formats: ['es'], fileName: 'lean' } },
  });
  const outputs = [result].flat().flatMap((one) => ('output' in one ? one.output : []));
  const [code] = outputs.flatMap((file) => (file.type === 'chunk' ? [file.code] : []));
  const module: { default: Library } = await import(
    `data:text/javascript,${encodeURIComponent(code ?? '')}`
  );
  return module.default;
}

/** The modules of a text's code, a line for each row. */
async function modulesOf(library: Library, data: string, level: 'M' | 'Q'): Promise<string> {
  class Encoder extends library {
    override _setupSvg(): void {}
  }
  const qrOptions = { typeNumber: 0, mode: 'Byte', errorCorrectionLevel: level } as const;
  const { _qr } = new Encoder({ type: 'svg', data, qrOptions });
  assert.ok(_qr);
  await Reflect.get(_qr, 'made');
  const all = [...Array(_qr.getModuleCount()).keys()];
  return all.map((row) => all.map((at) => (_qr.isDark(row, at) ? '#' : ' ')).join('')).join('\n');
}

/** The same text each time that looks like chance: what a link may have in it. */
function textOf(length: number, seed: number): string {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789:/?&=%-_.~';
  let state = seed;
  const letter = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return letters[Math.floor((state / 2 ** 32) * letters.length)] ?? '';
  };
  return Array.from({ length }, letter).join('');
}

describe('a code of the script tag', () => {
  let lean: Library;
  let own: Library;
  before(async () => {
    // The library looks for one where it is made.
    Object.assign(globalThis, { window: globalThis });
    own = require('qr-code-styling');
    lean = await leanLibrary();
  });

  for (const level of ['M', 'Q'] as const) {
    for (const length of [1, 20, 60, 120, 250, 500, 900]) {
      it(`has the library's own modules: ${length} letters, error correction ${level}`, async () => {
        for (let seed = 1; seed <= 5; seed += 1) {
          const text = textOf(length, seed * 977 + length);
          assert.equal(await modulesOf(lean, text, level), await modulesOf(own, text, level));
        }
      });
    }
  }

  it('has each of the eight masks at times', async () => {
    const masks = new Set<string>();
    for (let seed = 1; seed <= 80; seed += 1) {
      const rows = (await modulesOf(lean, textOf(60, seed), 'M')).split('\n');
      // The three modules beside the upper left finder that name it.
      masks.add([2, 3, 4].map((column) => rows[8]?.[column]).join(''));
    }
    assert.equal(masks.size, 8);
  });
});
