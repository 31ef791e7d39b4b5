import { accessSync, constants, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';

export type Engine = 'chromium' | 'firefox' | 'webkit';

export const engines: readonly Engine[] = ['chromium', 'firefox', 'webkit'];

/** What WebKitGTK needs to run under WebDriver; `xvfb` is absent when a display is there already. */
export interface WebKitPaths {
  driver: string;
  miniBrowser: string;
  xvfb?: string;
}

/** The browsers this machine has; a missing key means that engine cannot run here. */
export interface FoundBrowsers {
  chromium?: string;
  firefox?: string;
  webkit?: WebKitPaths;
}

/** The first of `names` that is an executable file, looked up on PATH when it is not a path. */
export function findExecutable(...names: (string | undefined)[]): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter);
  for (const name of names) {
    if (!name) continue;
    const candidates = /[\\/]/.test(name) ? [name] : folders.map((folder) => join(folder, name));
    const found = candidates.find(isExecutable);
    if (found) return found;
  }
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** `path` below each usual place for Windows programs, as far as this machine names them. */
function inProgramFiles(path: string): string[] {
  const { PROGRAMFILES, LOCALAPPDATA, 'PROGRAMFILES(X86)': x86 } = process.env;
  return [PROGRAMFILES, x86, LOCALAPPDATA].flatMap((root) => (root ? [join(root, path)] : []));
}

/** MiniBrowser lives in a versioned library folder of the distribution, not on PATH. */
export function findMiniBrowser(): string | undefined {
  const libraries = ['/usr/lib', '/usr/libexec', '/usr/lib64'].flatMap((root) =>
    listFolder(root).flatMap((name) => {
      const folder = join(root, name);
      if (name.startsWith('webkit2gtk-') || name.startsWith('webkitgtk-')) return [folder];
      if (!name.endsWith('-linux-gnu')) return [];
      return listFolder(folder)
        .filter((inner) => inner.startsWith('webkit2gtk-') || inner.startsWith('webkitgtk-'))
        .map((inner) => join(folder, inner));
    }),
  );
  return findExecutable(...libraries.map((folder) => join(folder, 'MiniBrowser')));
}

function listFolder(path: string): string[] {
  try {
    return readdirSync(path);
  } catch {
    return [];
  }
}

function findWebKit(): WebKitPaths | undefined {
  if (process.platform !== 'linux') return undefined;
  const driver = findExecutable(process.env.WEBKIT_DRIVER_PATH, 'WebKitWebDriver');
  const miniBrowser = findExecutable(process.env.MINIBROWSER_PATH) ?? findMiniBrowser();
  const xvfb = findExecutable(process.env.XVFB_PATH, 'Xvfb');
  if (!driver || !miniBrowser || !(xvfb || process.env.DISPLAY)) return undefined;
  return { driver, miniBrowser, xvfb };
}

/** Looks for every engine: the environment's overrides first, then PATH, then the usual places. */
export function findBrowsers(): FoundBrowsers {
  return {
    chromium: findExecutable(
      process.env.CHROMIUM_PATH,
      process.env.CHROME_PATH,
      'chromium',
      'chromium-browser',
      'google-chrome-stable',
      'google-chrome',
      '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
      '/Applications/Chromium.app/Contents/MacOS/Chromium',
      ...inProgramFiles('Google\\Chrome\\Application\\chrome.exe'),
      ...inProgramFiles('Microsoft\\Edge\\Application\\msedge.exe'),
    ),
    firefox: findExecutable(
      process.env.FIREFOX_PATH,
      'firefox-esr',
      'firefox',
      '/Applications/Firefox.app/Contents/MacOS/firefox',
      ...inProgramFiles('Mozilla Firefox\\firefox.exe'),
    ),
    webkit: findWebKit(),
  };
}

const howToGet: Record<Engine, string> = {
  chromium: 'install Chromium or Chrome, or set CHROMIUM_PATH',
  firefox: 'install Firefox, or set FIREFOX_PATH',
  webkit:
    'on Linux install WebKitWebDriver, MiniBrowser and Xvfb (Debian: webkit2gtk-driver xvfb), ' +
    'or set WEBKIT_DRIVER_PATH, MINIBROWSER_PATH and XVFB_PATH; WebKitGTK is not to be had elsewhere',
};

/** One line for every engine of `wanted` that was not found: what is left out and how to get it. */
export function describeMissing(
  found: FoundBrowsers,
  wanted: readonly Engine[] = engines,
): string[] {
  return wanted
    .filter((engine) => !found[engine])
    .map((engine) => `${engine} is left out, it was not found: ${howToGet[engine]}.`);
}
