import { createHash } from 'node:crypto';
import type { Mutation } from './mutations.ts';

/**
 * Some mutations of a folder, the same for the same seed. An edit changes which ones only as far as it makes or takes away
 * mutations, so that figures of two commits are about nearly the same code.
 */
export function sampleOf(mutations: readonly Mutation[], count: number, seed: string): Mutation[] {
  const ranked = mutations.map((mutation) => ({ mutation, rank: rankOf(seed, mutation.id) }));
  ranked.sort((a, b) => (a.rank < b.rank ? -1 : 1));
  const chosen = new Set(ranked.slice(0, count).map(({ mutation }) => mutation));
  return mutations.filter((mutation) => chosen.has(mutation));
}

const rankOf = (seed: string, id: string): string => createHash('sha256').update(`${seed} ${id}`).digest('hex');

/**
 * The test files that judge a mutation, the likeliest first: those named after the file, those beside it, then the others;
 * among equals the quickest.
 */
export function testsFor(file: string, tests: readonly string[], msOf: ReadonlyMap<string, number>): string[] {
  const folder = file.slice(0, file.lastIndexOf('/') + 1);
  const stem = file.slice(folder.length).split('.')[0];
  const nearness = (test: string): number => {
    if (!test.startsWith(`server/${folder}`)) return 2;
    return test.slice(`server/${folder}`.length).split('.')[0] === stem ? 0 : 1;
  };
  return tests.toSorted((a, b) => nearness(a) - nearness(b) || (msOf.get(a) ?? 0) - (msOf.get(b) ?? 0));
}
