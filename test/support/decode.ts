import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { findExecutable } from './browsers.ts';

/** What a scanner reads in a picture (PNG bytes): ZBar, which shares no code with our encoder. */
export async function scan(picture: Uint8Array): Promise<string> {
  const zbarimg = findExecutable('zbarimg');
  if (!zbarimg) throw new Error('zbarimg is not installed; on Debian: apt-get install zbar-tools.');
  const child = spawn(zbarimg, ['--quiet', '--raw', '-Sdisable', '-Sqrcode.enable', '-'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  let text = '';
  child.stdout.on('data', (chunk: Buffer) => {
    text += chunk.toString('utf8');
  });
  child.stdin.end(picture);
  await once(child, 'close');
  return text.replace(/\n$/, '');
}
