import type {} from '../../src/define.ts';
import type { Script } from './scenes.ts';

/**
 * Runs in a page, before its scripts: time stands still there, so that a countdown shows the same for
 * ever. Uses nothing from outside, so that it can be sent to a page.
 */
export function stopTheClock(epoch: number): void {
  Date.now = () => epoch;
  performance.now = () => 0;
}

/**
 * Runs in a page: how the world is in a scene, and back again by the function that is returned. Uses
 * nothing from outside.
 */
export function setTheStage(isOffline: boolean, isHurried: boolean): () => void {
  const { setTimeout: original } = window;
  if (isOffline) Object.defineProperty(navigator, 'onLine', { configurable: true, value: false });
  if (isHurried) {
    const isAFewSeconds = (ms = 0) => ms >= 3000 && ms <= 6000;
    const hurried: typeof setTimeout = Object.assign(
      (handler: TimerHandler, ms?: number, ...rest: unknown[]) =>
        original(handler, isAFewSeconds(ms) ? 0 : ms, ...rest),
      original,
    );
    window.setTimeout = hurried;
  }
  return () => {
    Reflect.deleteProperty(navigator, 'onLine');
    window.setTimeout = original;
  };
}

/**
 * Runs in a page: presses what the script says and resolves when the scene is set. Uses nothing from
 * outside.
 *
 * @throws after 8 s, saying what was on screen instead
 */
export async function playScene({ lang, press, shows, hasCode }: Script): Promise<void> {
  const checkout = document.querySelector('payby-checkout');
  const root = () => checkout?.shadowRoot;
  const card = () => root()?.querySelector<HTMLElement>('[part=base]');
  const text = () =>
    [...(root()?.querySelectorAll<HTMLElement>('.opener, [part=base]') ?? [])]
      .map(({ innerText }) => innerText)
      .join(' ');
  const plain = (text = '') =>
    text
      .replace(/[\u2066\u2069]/g, '')
      .replace(/\s+/g, ' ')
      .trim();
  const until = async (what: string, isDone: () => unknown) => {
    for (let turn = 0; turn < 400; turn += 1) {
      if (isDone()) return;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    throw new Error(`${what} never came; on screen: ${plain(text())}`);
  };
  const button = (label: string) =>
    [...(root()?.querySelectorAll('button') ?? [])].find(
      (candidate) => plain(candidate.textContent ?? '') === label,
    );
  checkout?.addEventListener('payby-redirect', (event) => event.preventDefault());
  await until(`The wording in "${lang}"`, () => card()?.lang === lang);
  for (const label of press) {
    // While the order is made there is a Cancel as well, but of another kind.
    await until(
      `The button "${label}"`,
      () => checkout?.state.phase !== 'creating' && button(label),
    );
    button(label)?.click();
  }
  await until(`"${shows}"`, () => plain(text()).includes(plain(shows)));
  if (hasCode) await until('The code', () => root()?.querySelector('[part=qr] svg'));
}
