import { ar } from '../../../src/element/messages/ar.ts';
import { en } from '../english.ts';
import { playScene, setTheStage } from '../play-scene.ts';
import { type Reply, replyTo, type Scene, type SceneLanguage, scriptOf } from '../scenes.ts';
import { answer, silence } from './fake-backend.ts';
import { loadAllParts } from './load-all-parts.ts';
import { type Mounted, mount, unmount } from './mount.ts';

const messages = { en, ar };
let restore = () => {};

/** Sets a scene on the page, in English unless asked otherwise; {@link clearScene} after each. */
export async function setScene(scene: Scene, lang: SceneLanguage = 'en'): Promise<Mounted> {
  const mounted = await beginScene(scene, lang);
  await Promise.all(endingAnimations(mounted).map(({ finished }) => finished));
  return mounted;
}

/** As {@link setScene}, while things still move into their places. */
export async function beginScene(scene: Scene, lang: SceneLanguage = 'en'): Promise<Mounted> {
  clearScene();
  await loadAllParts(); // what a scene shows may come before what can be pressed in it
  restore = setTheStage(scene.isOffline ?? false, scene.isHurried ?? false);
  const mounted = await mount({}, (element) => {
    element.lang = lang;
    for (const [name, value] of Object.entries(scene.attributes ?? {})) {
      element.setAttribute(name, value);
    }
  });
  const { backend } = mounted;
  for (const request of ['create', 'status', 'events', 'cancel'] as const) {
    backend[request] = () => respond(replyTo(scene, request));
  }
  await playScene(scriptOf(scene, messages[lang]));
  await mounted.element.updateComplete;
  return mounted;
}

/** Those that lead somewhere; others go on as long as the scene. */
const endingAnimations = ({ root }: Mounted): Animation[] =>
  root.getAnimations().filter(({ effect }) => effect?.getTiming().iterations !== Infinity);

/** Takes the scene off the page, so that the next one stands alone. */
export function clearScene(): void {
  for (const element of document.querySelectorAll('payby-checkout')) element.remove();
  restore();
  restore = () => {};
  unmount();
}

function respond(reply: Reply): Promise<Response> {
  if (reply === 'silence') return silence();
  if (reply === 'unreachable') return Promise.reject(new TypeError('network error'));
  const type = reply.status < 400 ? 'application/json' : 'application/problem+json';
  const { status, body } = reply;
  return Promise.resolve(
    answer(JSON.stringify(body), { status, headers: { 'content-type': type } }),
  );
}

/** Switches the scene's language and waits for its wording. */
export async function speak({ element, root }: Mounted, lang: string): Promise<void> {
  element.lang = lang;
  for (let turn = 0; turn < 200; turn += 1) {
    await element.updateComplete;
    if (root.querySelector<HTMLElement>('[part=base]')?.lang.startsWith(lang)) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`The wording in "${lang}" never came.`);
}

/** The dialog that everything else is out of reach behind. */
export const modalIn = ({ root }: Mounted): HTMLElement | null =>
  root.querySelector('dialog[open]');

/** What can be pressed in a scene, in the order of the page. */
export function controlsIn(mounted: Mounted): HTMLElement[] {
  const reach = modalIn(mounted) ?? mounted.root;
  const controls = 'a[href], button:not([disabled]), input, select, summary';
  return [...reach.querySelectorAll<HTMLElement>(controls)].filter((control) =>
    control.checkVisibility(),
  );
}

export const nameOf = (control: Element | null): string =>
  control?.getAttribute('aria-label') ?? control?.textContent?.replace(/\s+/g, ' ').trim() ?? '';
