import { expect } from '@open-wc/testing';
import axe from 'axe-core';
import type { Mounted } from '../support/browser/mount.ts';
import { clearScene, controlsIn, nameOf, setScene, speak } from '../support/browser/set-scene.ts';
import { languages, scenes, themes } from '../support/scenes.ts';

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What axe finds wrong, as `rule: where`. */
async function violations({ element, root }: Mounted): Promise<string[]> {
  // A thousand squares that are hidden from assistive technology would take most of the time.
  root.querySelector('[part=qr] svg')?.replaceChildren();
  const results = await axe.run(element, {
    runOnly: tags,
    rules: { 'target-size': { enabled: true } },
    resultTypes: ['violations'],
  });
  return results.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, any }) => `${id}: ${target.flat().at(-1)} ${any[0]?.message ?? ''}`),
  );
}

/** Sides of what is smaller than a finger needs, CSS px. */
const tooSmall = (scene: Mounted): string[] =>
  controlsIn(scene).flatMap((control) => {
    const { width, height } = control.getBoundingClientRect();
    return width < 44 || height < 44 ? [`${nameOf(control)}: ${width} × ${height}`] : [];
  });

afterEach(clearScene);

describe('axe and a finger find nothing wrong with', function () {
  this.timeout(30_000);

  for (const scene of scenes) {
    it(scene.name, async () => {
      const mounted = await setScene(scene);
      const found: string[] = [];
      for (const lang of languages) {
        await speak(mounted, lang);
        for (const theme of themes) {
          mounted.element.theme = theme;
          document.documentElement.style.background = theme === 'dark' ? '#0b0d11' : '#fff';
          await mounted.element.updateComplete;
          const troubles = [...(await violations(mounted)), ...tooSmall(mounted)];
          found.push(...troubles.map((trouble) => `${lang}, ${theme}: ${trouble}`));
        }
      }
      document.documentElement.style.background = '';
      expect(found).to.deep.equal([]);
    });
  }
});

describe('nothing is told by colour alone', function () {
  this.timeout(30_000);

  it('every scene reads differently', async () => {
    const seen = new Map<string, string>();
    for (const scene of scenes) {
      // As others: a button that says that it is disabled, and the same cards in a dialog.
      if (/^(disabled|dialog.*)$/.test(scene.name)) continue;
      const mounted = await setScene(scene);
      const pictures = [...mounted.root.querySelectorAll('[role=img]')].map(nameOf);
      const text = [mounted.text().replace(/\d+:\d\d/g, ''), ...pictures].join(' ');
      expect(seen.get(text), `${scene.name} reads as this one`).to.equal(undefined);
      seen.set(text, scene.name);
    }
  });
});
