/** Registers what a suite needs around its tests: the shop, a browser, and built pages beside the shop. */
import assert from 'node:assert/strict';
import { after, afterEach, before } from 'node:test';
import type { Browser } from 'puppeteer-core';
import { launchChromium } from '../support/chromium.ts';
import { type RunningShop, startShop } from '../support/shop.ts';
import { type Site, serveSite } from './site.ts';
import { openStage, type Stage } from './stage.ts';

/**
 * @param prepare builds the pages, and answers with their folders
 * @returns opens a page of the folder that `index` counts; the test fails when something goes wrong on it
 */
export function useStage(
  prepare: () => Promise<readonly string[]>,
): (index: number, path?: string) => Promise<Stage> {
  let shop: RunningShop;
  let browser: Browser;
  let sites: Site[] = [];
  let stage: Stage | undefined;

  before(async () => {
    let folders: readonly string[];
    [folders, shop, browser] = await Promise.all([prepare(), startShop(), launchChromium()]);
    sites = await Promise.all(folders.map((folder) => serveSite(folder, shop.url)));
  });
  after(async () => {
    await browser?.close();
    for (const site of sites) await site.close();
    await shop?.stop();
  });
  afterEach(async () => {
    const left = stage;
    stage = undefined;
    await left?.page.close();
    assert.deepEqual(left?.troubles ?? [], [], 'errors or warnings on the page');
  });
  return async (index, path = '') => {
    stage = await openStage(browser, `${sites[index]?.url}${path}`);
    return stage;
  };
}
