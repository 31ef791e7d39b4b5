import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import type { Mounted } from '../support/browser/mount.ts';
import { clearScene, controlsIn, modalIn, nameOf, setScene } from '../support/browser/set-scene.ts';
import { scenes } from '../support/scenes.ts';

const press = (key: string) => sendKeys({ press: key });

/** A control of the shop's page, as a place to come from and to go to. */
function neighbour(name: string): HTMLButtonElement {
  const button = document.createElement('button');
  button.textContent = name;
  return button;
}

const before = neighbour('before');
const after = neighbour('after');

/** Keeps presses from doing anything, and tells which control they were for. */
function catchPresses({ root }: Mounted): string[] {
  const pressed: string[] = [];
  root.addEventListener(
    'click',
    (event) => {
      event.preventDefault();
      event.stopImmediatePropagation();
      const [target] = event.composedPath();
      const control = target instanceof Element ? target.closest('a, button') : null;
      pressed.push(nameOf(control));
    },
    { capture: true },
  );
  return pressed;
}

afterEach(() => {
  clearScene();
  before.remove();
  after.remove();
});

describe('the keyboard reaches and works every control of', function () {
  this.timeout(30_000);

  for (const scene of scenes) {
    it(scene.name, async () => {
      const mounted = await setScene(scene);
      const { element, root } = mounted;
      element.before(before);
      element.after(after);
      const pressed = catchPresses(mounted);
      const controls = controlsIn(mounted);
      const isModal = modalIn(mounted) !== null;
      // A modal dialog has the focus already, and nothing but the browser comes after it.
      if (!isModal) before.focus();
      for (const control of controls) {
        await press('Tab');
        expect(nameOf(root.activeElement)).to.equal(nameOf(control));
        expect(root.activeElement).to.equal(control);
        const { outlineStyle, outlineWidth } = getComputedStyle(control);
        expect([outlineStyle, outlineWidth], 'its focus is seen').to.deep.equal(['solid', '2px']);
        await press('Enter');
        if (control instanceof HTMLButtonElement) await press(' ');
      }
      if (!isModal) {
        await press('Tab');
        expect(document.activeElement).to.equal(after);
      }
      const expected = controls.flatMap((control) =>
        control instanceof HTMLButtonElement
          ? [nameOf(control), nameOf(control)]
          : [nameOf(control)],
      );
      expect(pressed).to.deep.equal(expected);
    });
  }
});
