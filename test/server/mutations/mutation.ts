/** The classes of mutations, and how their random parts are drawn. */
import * as fc from 'fast-check';
import type { Letter } from './letter.ts';

/** One mutation: the letters that are posted, one after the other. */
export type Mutation = readonly Letter[];

export interface MutationClass {
  readonly name: string;
  /** How many there must be at least: a class that runs dry fails. */
  readonly atLeast: number;
  /** Whether all of it must be refused, or some is what PayBy did sign and must be taken. */
  readonly holds: 'refused' | 'both';
  /** All of the class for a seed. */
  make(seed: number): Iterable<Mutation>;
}

/** `count` values of an arbitrary, always the same ones for a seed. */
export const draw = <Value>(seed: number, count: number, from: fc.Arbitrary<Value>): Value[] =>
  fc.sample(from, { seed, numRuns: count });

/** A random whole number for each of `count` places, from 0 to `max`. */
export const drawNumbers = (seed: number, count: number, max: number): number[] =>
  draw(seed, count, fc.nat(max));
