import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'puppeteer-core';
import { launchChromium } from '../support/chromium.ts';
import {
  type LooksStage,
  openLooksStage,
  photographed,
  steadyText,
  widths,
} from '../support/looks-stage.ts';
import { complaintAbout, keptPictures } from '../support/pictures.ts';

describe('the checkout looks as in its pictures', () => {
  let browser: Browser;
  let stage: LooksStage;

  before(async () => {
    browser = await launchChromium(steadyText);
    stage = await openLooksStage(browser);
  });
  after(async () => {
    await stage?.close();
    await browser?.close();
  });

  for (const scene of photographed) {
    it(scene.name, async () => {
      const photographs = await stage.photograph(scene);
      const complaints = photographs.map(({ width, png, tooWide }) => [
        ...tooWide,
        complaintAbout(`${scene.name}-${width}`, png),
      ]);
      assert.deepEqual(complaints.flat().filter(Boolean), []);
    });
  }

  it('and no picture is left of a scene that is gone', () => {
    const names = photographed.flatMap(({ name }) => widths.map((width) => `${name}-${width}`));
    const left = keptPictures().filter((name) => !names.includes(name));
    assert.deepEqual(left, [], 'npm run visual:update removes them');
  });
});
