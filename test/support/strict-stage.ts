import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Frame } from 'puppeteer-core';
import { build } from 'vite';
import { installPackage } from '../package/install.ts';
import { type HostServer, script } from './host-server.ts';
import { playScene, setTheStage, stopTheClock } from './play-scene.ts';
import { sceneTime, scriptOf } from './scenes.ts';
import { messagesOf, type StrictScene } from './strict-scenes.ts';
import { type GuardedPage, openGuarded } from './violations.ts';

/** The strictest policy that the checkout promises to live with. */
export const strictPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self'",
  "require-trusted-types-for 'script'",
  'trusted-types lit-html',
].join('; ');

/** The headers of a strict page whose refusals are reported to its server. */
export const strictHeaders = (policy = strictPolicy) => ({
  'content-security-policy': `${policy}; report-uri /reports`,
});

/** How the checkout gets into a page: the tags that bring it. */
export const ways = {
  'a module': '<script type="module" src="/cdn/payby-checkout.js"></script>',
  'a classic script': '<script src="/cdn/payby-checkout.classic.js" defer></script>',
  'a bundle': '<script type="module" src="/bundle.js"></script>',
} as const;
export type Way = keyof typeof ways;

/** Serves `/bundle.js`: the package as an application that Vite builds has it. */
export async function serveBundle(server: HostServer): Promise<void> {
  using project = installPackage();
  const entry = join(project.folder, 'main.js');
  writeFileSync(entry, "import 'payby-checkout';");
  mkdirSync(join(project.folder, 'out'));
  const result = await build({
    configFile: false,
    logLevel: 'error',
    root: project.folder,
    base: './',
    build: {
      write: false,
      modulePreload: false,
      rolldownOptions: {
        input: entry,
        output: { entryFileNames: 'bundle.js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  });
  const outputs = Array.isArray(result) ? result : 'output' in result ? [result] : [];
  for (const file of outputs.flatMap(({ output }) => output)) {
    if (file.type === 'chunk') server.serve(`/${file.fileName}`, script(file.code));
  }
}

const pathOf = (way: Way, { name }: StrictScene) =>
  `/strict/${Object.keys(ways).indexOf(way)}/${name}`;

interface Stage {
  browser: Browser;
  server: HostServer;
  way: Way;
  scenes: readonly StrictScene[];
}

/** All scenes on strict pages of their own, side by side in one that is not. */
export async function playStrictly({
  browser,
  server,
  way,
  scenes,
}: Stage): Promise<GuardedPage & { failures: string[] }> {
  for (const scene of scenes) {
    server.play(scene);
    const headers = strictHeaders();
    server.serve(pathOf(way, scene), { html: pageOf(way, scene), headers });
    server.serve(`/strict/scripts/${scene.name}.js`, script(scene.script ?? ''));
  }
  const frames = scenes.map((scene) => `<iframe src="${pathOf(way, scene)}"></iframe>`);
  server.serve('/strict/all', { html: `<!doctype html>${frames.join('\n')}` });
  const guarded = await openGuarded(browser);
  const { page } = guarded;
  await page.evaluateOnNewDocument(stopTheClock, sceneTime);
  await page.goto(server.url('/strict/all'), { waitUntil: 'load' });
  const failures: string[] = [];
  await Promise.all(
    scenes.map(async (scene) => {
      const frame = page.frames().find((candidate) => candidate.url().endsWith(pathOf(way, scene)));
      if (!frame) throw new Error(`no frame for ${scene.name}`);
      await play(frame, scene).catch((cause) => failures.push(`${scene.name}: ${cause}`));
    }),
  );
  return { ...guarded, failures };
}

async function play(frame: Frame, scene: StrictScene): Promise<void> {
  await frame.evaluate(setTheStage, scene.isOffline ?? false, scene.isHurried ?? false);
  await frame.evaluate(playScene, scriptOf(scene, messagesOf(scene)));
  const { until: isDone } = scene;
  if (isDone) await until(() => frame.evaluate(isDone));
}

/** Waits until something is so; asked from outside, as a strict page lets no text become a script. */
export async function until(isDone: () => unknown, patience = 8000): Promise<void> {
  const end = performance.now() + patience;
  while (!(await isDone())) {
    if (performance.now() > end) throw new Error(`never happened: ${isDone}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

function pageOf(way: Way, scene: StrictScene): string {
  const { name, attributes = {}, content = '', around: [before, after] = ['', ''] } = scene;
  const all = { endpoint: `/scenes/${name}`, reference: name, lang: messagesOf(scene).lang };
  const written = Object.entries({ ...all, ...attributes }).map(
    ([key, value]) => `${key}='${value}'`,
  );
  return `<!doctype html>
<html lang="en">
<title>${name}</title>
<script src="/strict/scripts/${name}.js"></script>
${ways[way]}
${before}<payby-checkout ${written.join(' ')}>${content}</payby-checkout>${after}
`;
}
