import { expect } from '@open-wc/testing';
import { emulateMedia } from '@web/test-runner-commands';
import { followStyles } from '../../src/element/follow-styles.ts';
import { orderStyles } from '../../src/element/order-styles.ts';
import { styles } from '../../src/element/styles.ts';
import { beginScene, clearScene } from '../support/browser/set-scene.ts';
import { waitUntil } from '../support/browser/wait-until.ts';
import { scenes } from '../support/scenes.ts';

afterEach(clearScene);

const moving = scenes.filter(({ name }) => ['creating', 'awaiting', 'paid'].includes(name));
const query = matchMedia('(prefers-reduced-motion: reduce)');

/** Whether this engine can be told what a person prefers; not all of them can. */
async function prefer(reducedMotion: 'reduce' | 'no-preference'): Promise<boolean> {
  try {
    await emulateMedia({ reducedMotion });
  } catch {
    return false;
  }
  return query.matches === (reducedMotion === 'reduce');
}

describe('motion', () => {
  after(() => prefer('no-preference'));

  for (const scene of moving) {
    it(`stops for those who asked for less of it: ${scene.name}`, async function () {
      if (!(await prefer('no-preference'))) this.skip();
      const { root } = await beginScene(scene);
      expect(root.getAnimations().length, 'nothing moves at all').to.be.greaterThan(0);
      if (!(await prefer('reduce'))) this.skip();
      await waitUntil(() => root.getAnimations().length === 0, 'it goes on moving');
    });
  }

  it('stops whatever moves: the rule names everything and cannot be outdone', () => {
    const css = [...styles, orderStyles, followStyles].map(({ cssText }) => cssText).join('\n');
    const [, reduced = ''] = css.split('(prefers-reduced-motion: reduce)');
    expect(reduced).to.match(/^\s*\{\s*\*,\s*::before,\s*::after\s*\{/);
    expect(reduced).to.match(/animation: none !important/);
    expect(reduced).to.match(/transition: none !important/);
  });
});
