import { chromeLauncher } from '@web/test-runner-chrome';
import type { BrowserLauncher } from '@web/test-runner-core';
import { puppeteerLauncher } from '@web/test-runner-puppeteer';
import { webdriverLauncher } from '@web/test-runner-webdriver';
import type { FoundBrowsers, WebKitPaths } from './browsers.ts';
import { freePort } from './free-port.ts';
import { startWebKitDriver, type WebKitDriver } from './webkit-driver.ts';

const asRoot = process.getuid?.() === 0;

/** Chromium's switches for tests: no background traffic, and no sandbox where root forbids it. */
export const chromiumArgs = [
  ...(asRoot ? ['--no-sandbox'] : []),
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--disable-gpu',
];

/** Puppeteer ends only every second browser on a signal; {@link stopBrowsers} ends all. */
const noSignals = { handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false };

function chromium(executablePath: string): BrowserLauncher {
  const launcher = chromeLauncher({
    launchOptions: { executablePath, args: chromiumArgs, ...noSignals },
  });
  launcher.name = 'Chromium';
  return launcher;
}

function firefox(executablePath: string): BrowserLauncher {
  return puppeteerLauncher({ launchOptions: { browser: 'firefox', executablePath, ...noSignals } });
}

/** WebKitGTK by WebDriver; the driver and its display live exactly as long as the launcher. */
async function webkit(paths: WebKitPaths): Promise<BrowserLauncher> {
  const port = await freePort();
  const launcher: BrowserLauncher = webdriverLauncher({
    hostname: '127.0.0.1',
    port,
    path: '/',
    logLevel: 'error',
    capabilities: {
      browserName: 'MiniBrowser',
      'wdio:enforceWebDriverClassic': true,
      'webkitgtk:browserOptions': { binary: paths.miniBrowser, args: ['--automation'] },
    } as WebdriverIO.Capabilities,
  });
  const initialize = launcher.initialize?.bind(launcher);
  const stop = launcher.stop?.bind(launcher);
  let driver: WebKitDriver | undefined;
  launcher.initialize = async (config, testFiles) => {
    driver = await startWebKitDriver(paths, port);
    await initialize?.(config, testFiles);
    launcher.name = 'WebKitGTK';
  };
  launcher.stop = async () => {
    await stop?.();
    driver?.stop();
  };
  return launcher;
}

/** A launcher for every browser that was found, in the order Chromium, Firefox, WebKitGTK. */
export async function launchersFor(found: FoundBrowsers): Promise<BrowserLauncher[]> {
  return [
    ...(found.chromium ? [chromium(found.chromium)] : []),
    ...(found.firefox ? [firefox(found.firefox)] : []),
    ...(found.webkit ? [await webkit(found.webkit)] : []),
  ];
}

/** Ends the browsers in the middle of a run; gives up on those that take more than 4 s. */
export async function stopBrowsers(launchers: readonly BrowserLauncher[]): Promise<void> {
  const stopped = Promise.allSettled(launchers.map((launcher) => launcher.stop?.()));
  await Promise.race([stopped, new Promise((resolve) => setTimeout(resolve, 4000))]);
}
