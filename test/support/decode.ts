import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { findExecutable } from './browsers.ts';

/** What a scanner reads in a picture (PNG bytes): ZBar, which shares no code with our encoder. */
export async function scan(picture: Uint8Array): Promise<string> {
  const text = await zbar(['--raw', '-'], picture);
  return text.replace(/\n$/, '');
}

/** What ZBar reads in each of these picture files, all in one process; every code, in their order. */
export async function scanFiles(files: readonly string[]): Promise<string[][]> {
  const xml = await zbar(['--xml', ...files]);
  const sources = xml.split("<source href='").slice(1);
  return files.map((file) => {
    const source = sources.find((text) => text.startsWith(`${file}'`)) ?? '';
    return [...source.matchAll(/<data><!\[CDATA\[(.*?)\]\]><\/data>/gs)].map(
      ([, data = '']) => data,
    );
  });
}

/** The exit code of zbarimg when a picture holds no code. */
const nothingFound = 4;

async function zbar(args: string[], input?: Uint8Array): Promise<string> {
  const zbarimg = findExecutable('zbarimg');
  if (!zbarimg) throw new Error('zbarimg is not installed; on Debian: apt-get install zbar-tools.');
  const child = spawn(zbarimg, ['--quiet', '-Sdisable', '-Sqrcode.enable', ...args], {
    stdio: 'pipe',
  });
  let text = '';
  let complaints = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
  });
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    complaints += chunk;
  });
  child.stdin.end(input);
  const [code] = await once(child, 'close');
  if (code !== 0 && code !== nothingFound)
    throw new Error(`zbarimg ended with ${code}: ${complaints}`);
  return text;
}
