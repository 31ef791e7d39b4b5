import { type ChildProcess, spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import type { WebKitPaths } from './browsers.ts';

/** A running WebKitWebDriver with a display of its own. */
export interface WebKitDriver {
  stop(): void;
}

/**
 * Starts Xvfb (unless only an existing display can be used) and WebKitWebDriver on `port`, and
 * resolves once the driver takes connections. Both end with `stop()` or with this process.
 */
export async function startWebKitDriver(paths: WebKitPaths, port: number): Promise<WebKitDriver> {
  const children: ChildProcess[] = [];
  const stop = () => {
    process.off('exit', stop);
    for (const child of children.splice(0).reverse()) child.kill('SIGKILL');
  };
  process.once('exit', stop);

  try {
    const environment = { ...process.env, ...webKitEnvironment() };
    if (paths.xvfb) {
      const display = spawn(
        paths.xvfb,
        ['-displayfd', '3', '-screen', '0', '1280x1024x24', '-nolisten', 'tcp'],
        { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] },
      );
      children.push(display);
      environment.DISPLAY = `:${await firstLine(display, display.stdio[3] as Readable)}`;
    }
    const driver = spawn(paths.driver, [`--port=${port}`], {
      env: environment,
      stdio: 'ignore',
    });
    children.push(driver);
    await untilListening(driver, port);
    return { stop };
  } catch (error) {
    stop();
    throw error;
  }
}

/** WebKit's own sandbox cannot run as root; software drawing is enough for tests. */
function webKitEnvironment(): Record<string, string> {
  const quiet = { NO_AT_BRIDGE: '1', WEBKIT_DISABLE_COMPOSITING_MODE: '1' };
  return process.getuid?.() === 0
    ? { ...quiet, WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1' }
    : quiet;
}

function firstLine(owner: ChildProcess, stream: Readable): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
      const end = text.indexOf('\n');
      if (end >= 0) resolve(text.slice(0, end).trim());
    });
    owner.once('error', reject);
    owner.once('exit', (code) => reject(new Error(`Xvfb ended early with code ${code}.`)));
  });
}

async function untilListening(driver: ChildProcess, port: number): Promise<void> {
  let startError: Error | undefined;
  driver.once('error', (error) => {
    startError = error;
  });
  const deadline = performance.now() + 10_000;
  while (performance.now() < deadline) {
    if (startError) throw startError;
    if (driver.exitCode !== null) {
      throw new Error(`WebKitWebDriver ended early with code ${driver.exitCode}.`);
    }
    try {
      const response = await fetch(`http://127.0.0.1:${port}/status`);
      if (response.ok) return;
    } catch {
      // not listening yet
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('WebKitWebDriver did not listen within 10 s.');
}
