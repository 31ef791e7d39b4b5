import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { findBrowsers, findExecutable, findMiniBrowser } from './browsers.ts';

/** Debian packages that the tests use, and whether what each brings is there. */
const debianPackages: Record<string, () => boolean> = {
  chromium: () => findBrowsers().chromium !== undefined,
  'firefox-esr': () => findBrowsers().firefox !== undefined,
  'webkit2gtk-driver': () =>
    findExecutable('WebKitWebDriver') !== undefined && findMiniBrowser() !== undefined,
  xvfb: () => findExecutable('Xvfb') !== undefined,
  xauth: () => findExecutable('xauth') !== undefined,
  'zbar-tools': () => findExecutable('zbarimg') !== undefined,
  'fonts-noto-core': () => existsSync('/usr/share/fonts/truetype/noto'),
  'fonts-noto-cjk': () => existsSync('/usr/share/fonts/opentype/noto'),
  'redis-server': () => findExecutable('redis-server') !== undefined,
  // The languages in which docs/backend.md shows the signature; C# is not to be had from Debian.
  'php-cli': () => findExecutable('php') !== undefined,
  'python3-cryptography': () => canImport('cryptography'),
  'openjdk-17-jdk-headless': () => findExecutable('javac') !== undefined,
  'golang-go': () => findExecutable('go') !== undefined,
};

const canImport = (module: string): boolean =>
  spawnSync('python3', ['-c', `import ${module}`], { stdio: 'ignore' }).status === 0;

/** Whether this process may install packages the Debian way. */
function canInstall(): boolean {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
  if (!findExecutable('apt-get') || !existsSync('/etc/os-release')) return false;
  return /^ID(_LIKE)?=.*\b(debian|ubuntu)\b/m.test(readFileSync('/etc/os-release', 'utf8'));
}

/**
 * On Debian as root, installs what is missing of them; elsewhere does nothing. Reports through `say`, one
 * line at a time, and never throws: a failed installation shows in what is found afterwards.
 */
export function installPackages(say: (line: string) => void): void {
  const missing = Object.keys(debianPackages).filter((name) => !debianPackages[name]?.());
  if (missing.length === 0) return;
  if (!canInstall()) {
    say(`Not installed here: ${missing.join(', ')} (only Debian as root is served by apt-get).`);
    return;
  }
  say(`Installing ${missing.join(', ')} with apt-get …`);
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const aptGet = (...args: string[]) =>
    spawnSync('apt-get', ['-qq', '-o', 'Dpkg::Use-Pty=0', ...args], {
      env: environment,
      stdio: ['ignore', 'pipe', 'pipe'],
      encoding: 'utf8',
    });
  aptGet('update');
  const { status, stdout, stderr } = aptGet('install', '-y', '--no-install-recommends', ...missing);
  if (status !== 0) say(`apt-get failed with status ${status}:\n${stdout}${stderr}`);
}
