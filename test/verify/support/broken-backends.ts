/** Backends that each break the contract in one way, and the points that must say so. */
import { brokenAtAsking } from './broken/asking.ts';
import { brokenAtFollowing } from './broken/following.ts';
import { brokenAtMaking } from './broken/making.ts';
import { brokenAtTrust } from './broken/trust.ts';
import type { Broken } from './broken/ways.ts';

export const brokenBackends: Broken[] = [
  ...brokenAtMaking,
  ...brokenAtAsking,
  ...brokenAtFollowing,
  ...brokenAtTrust,
];
