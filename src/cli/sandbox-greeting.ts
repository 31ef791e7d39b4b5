import { resolve } from 'node:path';
import type { Sandbox } from '../sandbox/index.ts';
import { keyFiles } from './key-folder.ts';
import type { SandboxArguments } from './sandbox-arguments.ts';

/** What a merchant needs to know of a sandbox that has just started. */
export interface Started {
  sandbox: Sandbox;
  /** Its origin. */
  url: string;
  /** The address of its control page. */
  control: string;
  /** The folder that keeps the keys. */
  keys: string | undefined;
  log: SandboxArguments['log'];
}

/** For people: where it is, who they are to it, and how to point a backend at it. */
export function greeting({ sandbox, url, control, keys, log }: Started): string {
  return [
    `Sandbox gateway   ${url}   (no money moves)`,
    `Control page      ${control}`,
    '',
    'Point your backend at it with:',
    '',
    `PAYBY_ENVIRONMENT=${sandbox.baseUrl}`,
    `PAYBY_PARTNER_ID=${sandbox.partnerId}`,
    ...(keys === undefined ? keyValues(sandbox) : keyPaths(keys)),
    '',
    log === 'text'
      ? 'Calls and notifications follow, by UAE time. Press Ctrl+C to stop.'
      : 'Press Ctrl+C to stop.',
  ].join('\n');
}

/** Without its head and line ends a key fits into a variable, as PayBy's portal hands it out. */
const keyValues = ({ merchantPrivateKey, paybyPublicKey }: Sandbox) => [
  `PAYBY_PRIVATE_KEY=${bare(merchantPrivateKey)}`,
  `PAYBY_PUBLIC_KEY=${bare(paybyPublicKey)}`,
  '',
  'These keys are new at each start; --keys <folder> keeps them.',
];

const keyPaths = (folder: string) => [
  `PAYBY_PRIVATE_KEY_FILE=${resolve(folder, keyFiles.merchantPrivate)}`,
  `PAYBY_PUBLIC_KEY_FILE=${resolve(folder, keyFiles.paybyPublic)}`,
];

const bare = (pem: string) => pem.replace(/-----[A-Z ]+-----|\s/g, '');
