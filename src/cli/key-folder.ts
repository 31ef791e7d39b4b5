import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { newKeyPair, privatePem, publicPem } from '../sandbox/keys.ts';

/** The names of the files, each a PEM. Of the gateway's pair a merchant is given the public key. */
export const keyFiles = {
  merchantPrivate: 'merchant-private.pem',
  merchantPublic: 'merchant-public.pem',
  paybyPrivate: 'payby-private.pem',
  paybyPublic: 'payby-public.pem',
} as const;

type KeyName = keyof typeof keyFiles;

export type KeySet = Record<KeyName, string>;

/** What is wrong with a folder of keys; the message is for a person and carries no key. */
export class KeyFolderError extends Error {
  override readonly name = 'KeyFolderError';
}

/**
 * The keys that a folder keeps. One without any, or that does not exist, is given new ones.
 *
 * @throws KeyFolderError for half a set, a file that cannot be used or keys that do not fit
 */
export async function openKeyFolder(folder: string): Promise<KeySet> {
  const kept = await readKeyFolder(folder);
  if (kept) return kept;
  const made = newKeys();
  await writeKeyFolder(folder, made);
  return made;
}

function newKeys(): KeySet {
  const [merchant, payby] = [newKeyPair(), newKeyPair()];
  return {
    merchantPrivate: privatePem(merchant.privateKey),
    merchantPublic: publicPem(merchant.publicKey),
    paybyPrivate: privatePem(payby.privateKey),
    paybyPublic: publicPem(payby.publicKey),
  };
}

async function readKeyFolder(folder: string): Promise<KeySet | undefined> {
  const names = Object.keys(keyFiles) as KeyName[];
  const texts = await Promise.all(names.map((name) => readKey(join(folder, keyFiles[name]))));
  const missing = names.filter((_, index) => texts[index] === undefined);
  if (missing.length === names.length) return undefined;
  if (missing.length > 0) {
    const files = new Intl.ListFormat('en').format(missing.map((name) => keyFiles[name]));
    const them = missing.length === 1 ? 'it' : 'them';
    throw new KeyFolderError(
      `${folder} has keys, but not ${files}; put ${them} back, or name an empty folder.`,
    );
  }
  const [merchantPrivate = '', merchantPublic = '', paybyPrivate = '', paybyPublic = ''] = texts;
  const keys = { merchantPrivate, merchantPublic, paybyPrivate, paybyPublic };
  mustFit(folder, keys, 'merchantPrivate', 'merchantPublic');
  mustFit(folder, keys, 'paybyPrivate', 'paybyPublic');
  return keys;
}

/** Only this user can read the private ones. */
async function writeKeyFolder(folder: string, keys: KeySet): Promise<void> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    for (const [name, file] of Object.entries(keyFiles) as [KeyName, string][]) {
      const mode = name.endsWith('Private') ? 0o600 : 0o644;
      await writeFile(join(folder, file), keys[name], { mode, flag: 'wx' });
    }
  } catch (cause) {
    throw new KeyFolderError(`${folder} cannot keep keys (${codeOf(cause)}); name another folder.`);
  }
}

async function readKey(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    const code = codeOf(cause);
    if (code === 'ENOENT') return undefined;
    throw new KeyFolderError(`${file} cannot be read (${code}); name another folder.`);
  }
}

/** The public key is what is left of the private one, or the two are not a pair. */
function mustFit(folder: string, keys: KeySet, secret: KeyName, open: KeyName): void {
  const file = (name: KeyName) => join(folder, keyFiles[name]);
  const isPair =
    spki(parsed(file(secret), () => createPublicKey(createPrivateKey(keys[secret])))) ===
    spki(parsed(file(open), () => createPublicKey(keys[open])));
  if (isPair) return;
  throw new KeyFolderError(
    `${file(open)} does not belong to ${keyFiles[secret]}; name an empty folder for new keys.`,
  );
}

function parsed(file: string, read: () => KeyObject): KeyObject {
  try {
    const key = read();
    if (key.asymmetricKeyType === 'rsa') return key;
  } catch {
    // The cause may quote the key: it is not passed on.
  }
  throw new KeyFolderError(`${file} is not an RSA key in PEM; name an empty folder for new keys.`);
}

const spki = (key: KeyObject) => key.export({ type: 'spki', format: 'der' }).toString('base64');

const codeOf = (cause: unknown): string =>
  cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown cause';
