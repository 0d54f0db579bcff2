/** What one process of tests is to do. */
export type Plan = {
  /** The mutant that is in force while files are loaded, for those that are met then; null: none. */
  loadedWith: number | null;
  /** null: no mutant is in force, and what the tests run through is noted. */
  mutants: readonly { number: number | null; files: readonly FilePlan[] }[];
  /** Where lines (`Line`) are appended. */
  out: string;
};

/** `tests`: names of those to run; null: all. */
export type FilePlan = { path: string; tests: readonly string[] | null };

export type Line =
  | { tag: 'alive' }
  /** A test without a mutant, and the mutants that it ran through; `test` null: outside of any test of the file. */
  | { tag: 'met'; file: string | null; test: string | null; mutants: number[]; ms: number }
  | { tag: 'verdict'; number: number | null; killedBy: string | null };

/** Where the tests are: `file` null while files are loaded for the first time. */
export const current: { number: number | null; file: string | null; test: string | null } = {
  number: null,
  file: null,
  test: null,
};

const met = new Set<number>();

/** The mutants that were run through since the last call. */
export function takeMet(): number[] {
  const mutants = [...met];
  met.clear();
  return mutants;
}

declare global {
  var mutantOn: (number: number) => boolean;
}

/** Sets the switch up that `switched` code asks. */
export function install(recording: boolean): void {
  globalThis.mutantOn = (number) => {
    if (recording) met.add(number);
    return current.number === number;
  };
}
