import { readFile } from 'node:fs/promises';
import { createServer, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { freePort } from './free-port.ts';
import { type Reply, replyTo, type Scene, type SceneLanguage, type Theme } from './scenes.ts';

const root = join(import.meta.dirname, '../..');

/** A shop's page in one theme and language. */
export interface Look {
  theme: Theme;
  lang: SceneLanguage;
}

/** The server of a shop that shows a scene, with the script and the fonts. */
export interface LooksServer {
  /** A page that shows the looks side by side, each in a window of its own. */
  urlOf(scene: Scene): string;
  close(): Promise<void>;
}

const types: Record<string, string> = {
  js: 'text/javascript',
  css: 'text/css',
  woff2: 'font/woff2',
  woff: 'font/woff',
};

export async function openLooksServer(
  scenes: readonly Scene[],
  looks: readonly Look[],
): Promise<LooksServer> {
  const server = createServer(async ({ url = '/', method }, response) => {
    const { pathname } = new URL(url, 'http://localhost');
    const [, folder = '', name = '', look = '', ...rest] = pathname.split('/');
    const scene = scenes.find((candidate) => candidate.name === name);
    const html = (text: string) =>
      response.setHeader('content-type', 'text/html; charset=utf-8').end(text);
    if (folder === 'cdn') await sendFile(response, join('dist', pathname));
    else if (folder === 'fonts') {
      await sendFile(response, join('node_modules/@fontsource', name, look, ...rest));
    } else if (!scene) response.writeHead(404).end();
    else if (folder === 'looks') html(overview(scene, looks));
    else if (folder === 'look') html(window(scene, look));
    else send(response, replyTo(scene, requestOf(method, rest)));
  });
  const port = await freePort();
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    urlOf: ({ name }) => `http://127.0.0.1:${port}/looks/${name}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function requestOf(method: string | undefined, [, action]: readonly string[]) {
  if (action === 'events' || action === 'cancel') return action;
  return method === 'POST' ? 'create' : 'status';
}

function send(response: ServerResponse, reply: Reply): void {
  if (reply === 'silence') return;
  if (reply === 'unreachable') {
    response.destroy();
    return;
  }
  const { status, body } = reply;
  const type = status < 400 ? 'application/json' : 'application/problem+json';
  response.writeHead(status, { 'content-type': type }).end(JSON.stringify(body));
}

async function sendFile(response: ServerResponse, path: string): Promise<void> {
  try {
    const content = await readFile(join(root, path));
    const type = types[path.split('.').at(-1) ?? ''] ?? 'application/octet-stream';
    response.setHeader('content-type', type).end(content);
  } catch {
    response.writeHead(404).end();
  }
}

/** Windows of their own, so that what is measured in the window's width is true in each. */
const overview = ({ name }: Scene, looks: readonly Look[]) => `<!doctype html>
<html lang="en">
<title>${name}</title>
<style>
  body { margin: 0; display: flex; flex-wrap: wrap; align-items: flex-start }
  iframe { border: 0 }
</style>
${looks.map(({ theme, lang }) => `<iframe src="/look/${name}/${theme}-${lang}"></iframe>`).join('\n')}
`;

/** A shop's page with room of 16 px around the checkout, and fonts that are the same everywhere. */
function window({ name, attributes = {} }: Scene, look: string): string {
  const [theme, lang] = look.split('-');
  const more = Object.entries(attributes).map(([key, value]) => `${key}="${value}"`);
  const fonts = ['noto-sans', 'noto-sans-arabic'].flatMap((font) =>
    [400, 600, 700].map((weight) => `<link rel="stylesheet" href="/fonts/${font}/${weight}.css">`),
  );
  return `<!doctype html>
<html lang="${lang}">
<title>Shop</title>
${fonts.join('\n')}
<script type="module" src="/cdn/payby-checkout.js"></script>
<style>
  body { margin: 0; padding: 16px; font-family: 'Noto Sans', 'Noto Sans Arabic' }
  html { background: ${theme === 'dark' ? '#0b0d11' : '#fff'} }
  payby-checkout { margin-inline: auto }
</style>
<payby-checkout endpoint="/api/${name}/${look}" reference="${look}" theme="${theme}" ${more.join(' ')}>
</payby-checkout>
`;
}
