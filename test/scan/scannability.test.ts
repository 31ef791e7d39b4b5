import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'puppeteer-core';
import type { Order } from '../../src/protocol.ts';
import { launchChromium } from '../support/chromium.ts';
import { scanFiles } from '../support/decode.ts';
import {
  type Distortion,
  distortions,
  type Look,
  openQrStage,
  type QrStage,
} from '../support/qr-stage.ts';
import { scanWithZxing } from '../support/zxing.ts';

const tokenUrl =
  'https://qr.payby.com?BIZ_TYPE=202&ft=7ac14d5d372a459fbe948e83fcaae0cb&t=1765054600668';
const order: Order = {
  id: 'a3a6d66f-ccfe-442e-a981-2e7b2170dee4',
  status: 'pending',
  tokenUrl,
  amount: { amount: 1.01, currency: 'AED' },
  subject: 'A cup of tea',
};

const themes = ['light', 'dark'] as const;
const sizes = [160, 200, 280, 400];
const pixelRatios = [1, 2, 3];
const looks: Look[] = themes.flatMap((theme) =>
  sizes.flatMap((size) => [false, true].map((hasLogo) => ({ theme, size, hasLogo }))),
);
const nameOf = ({ theme, size, hasLogo }: Look) =>
  `${theme}, ${size} px wide, ${hasLogo ? 'with' : 'without'} a logo`;

const everyDistortion = Object.keys(distortions) as Distortion[];

interface Picture {
  look: Look;
  distortion: Distortion;
  png: Uint8Array;
  file: string;
}

/** What the two scanners read, as `{ '<distortion>, <scanner>': [...] }`. */
type Readings = Record<string, string[]>;

describe('the code on screen is read as the order’s tokenUrl', () => {
  let browser: Browser;
  let stage: QrStage;
  let folder: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'payby-checkout-scan-'));
    browser = await launchChromium();
    stage = await openQrStage(browser);
  });
  after(async () => {
    await stage?.close();
    await browser?.close();
    await rm(folder, { recursive: true, force: true });
  });

  async function takePictures(): Promise<Picture[]> {
    const pictures: Picture[] = [];
    for (const look of looks) {
      await stage.show(look, order);
      for (const distortion of everyDistortion) {
        const png = await stage.photograph(distortion);
        const file = join(folder, `${pictures.length}.png`);
        await writeFile(file, png);
        pictures.push({ look, distortion, png, file });
      }
    }
    return pictures;
  }

  /** Both scanners at once: ZBar in a process of its own, ZXing in this one. */
  async function read(pictures: Picture[]): Promise<Map<Look, Readings>> {
    const [byZbar, byZxing] = await Promise.all([
      scanFiles(pictures.map(({ file }) => file)),
      Promise.all(pictures.map(({ png }) => scanWithZxing(png))),
    ]);
    const readings = new Map<Look, Readings>(looks.map((look) => [look, {}]));
    for (const [index, texts] of byZbar.entries()) {
      const picture = pictures[index];
      if (!picture) continue;
      const ofLook = readings.get(picture.look) ?? {};
      ofLook[`${picture.distortion}, ZBar`] = texts;
      ofLook[`${picture.distortion}, ZXing`] = byZxing[index] ?? [];
    }
    return readings;
  }

  for (const pixelRatio of pixelRatios) {
    describe(`at a pixel ratio of ${pixelRatio}`, () => {
      let readings: Map<Look, Readings>;

      before(async () => {
        await stage.setPixelRatio(pixelRatio);
        readings = await read(await takePictures());
      });

      for (const look of looks) {
        it(nameOf(look), () => {
          const expected = everyDistortion.flatMap((distortion) => [
            [`${distortion}, ZBar`, [tokenUrl]],
            [`${distortion}, ZXing`, [tokenUrl]],
          ]);
          assert.deepEqual(readings.get(look), Object.fromEntries(expected));
        });
      }
    });
  }
});
