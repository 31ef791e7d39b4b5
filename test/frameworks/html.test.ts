import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { describeMerchantPage } from './merchant-page.ts';
import { pressPay } from './stage.ts';
import { useStage } from './use-stage.ts';
import { guideOf, openWorkshop, runTool } from './workshop.ts';

describe('in plain HTML', () => {
  const workshop = openWorkshop('html');
  after(() => workshop[Symbol.dispose]());
  const open = useStage(async () => {
    await runTool(workshop.example, ['node', 'copy-scripts.js']);
    const page = guideOf('html').code.replace('…', 'a-customer');
    writeFileSync(join(workshop.example, 'guide.html'), `<!doctype html>${page}`);
    return [workshop.folder];
  });

  describe('with the module', () => describeMerchantPage(() => open(0, 'example/index.html')));
  describe('with the classic script', () =>
    describeMerchantPage(() => open(0, 'example/classic.html')));

  it('reads what the guide’s page has set before the script came', async () => {
    const { page, creates } = await open(0, 'example/guide.html');
    const [created] = await Promise.all([
      page.waitForRequest((request) => request.method() === 'POST'),
      pressPay(page),
    ]);
    assert.deepEqual(creates, [created]);
    assert.equal(created.headers().authorization, 'Bearer a-customer');
  });
});
