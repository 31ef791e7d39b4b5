import { equal } from './check.ts';
import { start, unique } from './new-record.ts';
import { type Case, inTurn } from './scene.ts';

const later = start + 1000;

export const claimCases: Case[] = [
  [
    'gives a claim to the first, and to nobody else while it lasts',
    async ({ store, other }) => {
      const name = unique('claim');
      equal(await store.claim(name, 'first', start, later), true, 'the first');
      equal(await other.claim(name, 'second', start, later), false, 'the second, at once');
      equal(await other.claim(name, 'second', later - 1, later + 9), false, 'just before its end');
      equal(await other.claim(unique('claim'), 'second', start, later), true, 'another claim');
    },
  ],
  [
    'lets a claim end by the clock of whoever asks',
    async ({ store, other }) => {
      const name = unique('claim');
      await store.claim(name, 'first', start, later);
      equal(await other.claim(name, 'second', later, later + 1000), true, 'at its end');
      equal(await store.claim(name, 'first', start, later), false, 'the first, by a slow clock');
      equal(await store.claim(name, 'first', later + 1000, later + 2000), true, 'after that');
    },
  ],
  [
    'lets the holder keep a claim longer, or shorter',
    async ({ store, other }) => {
      const name = unique('claim');
      await store.claim(name, 'first', start, later);
      equal(await other.claim(name, 'first', start + 1, later + 1000), true, 'longer');
      equal(await store.claim(name, 'second', later, later + 9), false, 'another, meanwhile');
      equal(await store.claim(name, 'first', start + 2, start + 3), true, 'shorter');
      equal(await other.claim(name, 'second', start + 3, later), true, 'another, after that');
    },
  ],
  [
    'takes a claim back from its holder alone',
    async ({ store, other }) => {
      const name = unique('claim');
      await store.claim(name, 'first', start, later);
      await other.release(name, 'second');
      equal(await other.claim(name, 'second', start, later), false, 'after a foreign release');
      await other.release(name, 'first');
      equal(await other.claim(name, 'second', start, later), true, 'after its own');
      await store.release(unique('nobody'), 'first');
    },
  ],
  [
    'gives a claim to one of many',
    async (scene) => {
      const name = unique('claim');
      const taken = await Promise.all(
        inTurn(scene, 20).map((handle, index) =>
          handle.claim(name, `holder ${index}`, start, later),
        ),
      );
      equal(taken.filter(Boolean).length, 1, 'the number of holders');
      const winner = `holder ${taken.indexOf(true)}`;
      equal(await scene.other.claim(name, winner, start, later), true, 'its holder again');
      const after = await Promise.all(
        inTurn(scene, 20).map((handle, index) =>
          handle.claim(name, `next ${index}`, later, later + 1000),
        ),
      );
      equal(after.filter(Boolean).length, 1, 'the number of holders after its end');
    },
  ],
];
