/** What this browser says of itself, and where the checkout thinks that it runs. */
import { bridgeReady, detectEnvironment, deviceFacts } from '../../../../src/device/in-app.ts';
import { copyButton } from '../copy-buttons.ts';
import { make } from '../make.ts';

export function mountDevice(block: HTMLElement): void {
  const list = make('dl', { class: 'facts' });
  const draw = () => {
    const facts = deviceFacts();
    const rows: readonly (readonly [string, string])[] = [
      ['Environment', detectEnvironment(facts)],
      ['User agent', facts.userAgent],
      ['ToPayJSBridge', facts.hasBridge ? 'is here' : 'is not here'],
      ['Screen', `${screen.width} × ${screen.height}, pixel ratio ${devicePixelRatio}`],
      ['Languages', navigator.languages.join(', ')],
      ['Web Share', 'share' in navigator ? 'is here' : 'is not here'],
      ['Session storage', storage()],
    ];
    list.replaceChildren(
      ...rows.flatMap(([name, value]) => [make('dt', {}, name), make('dd', {}, value, '\n')]),
    );
  };
  // The app puts its bridge into the page after it has loaded.
  document.addEventListener(bridgeReady, draw);
  draw();
  block.replaceChildren(
    make(
      'div',
      { class: 'code' },
      list,
      copyButton(() => list),
    ),
  );
}

function storage(): string {
  try {
    sessionStorage.setItem('payby-docs', '1');
    sessionStorage.removeItem('payby-docs');
    return 'works';
  } catch (cause) {
    return `does not work (${String(cause)})`;
  }
}
