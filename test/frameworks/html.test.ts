import { after, describe } from 'node:test';
import { describeMerchantPage } from './merchant-page.ts';
import { useStage } from './use-stage.ts';
import { openWorkshop, runTool } from './workshop.ts';

describe('in plain HTML', () => {
  const workshop = openWorkshop('html');
  after(() => workshop[Symbol.dispose]());
  const open = useStage(async () => {
    await runTool(workshop.example, ['node', 'copy-scripts.js']);
    return [workshop.folder];
  });

  describe('with the module', () => describeMerchantPage(() => open(0, 'example/index.html')));
});
