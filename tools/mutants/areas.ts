/** A folder of the server whose tests are tried, and the tests that would notice. */
export type Area = {
  folder: string;
  /** Folders (all their tests) and files, below `server/`. The folder's own come first anyway. */
  tests: readonly string[];
};

/** Sets nothing right by itself: whole programs, and bodies by the thousand. They take longest and would find little more. */
const SLOW = /^server\/e2e\/|fuzz\.dbtest\.ts$/;

export const AREAS: readonly Area[] = [
  { folder: 'points', tests: ['points', 'reactions.dbtest.ts', 'tiers/lift.dbtest.ts', 'privacy'] },
  { folder: 'tiers', tests: ['tiers', 'reactions.dbtest.ts', 'points/earn.dbtest.ts'] },
  { folder: 'inbox', tests: ['inbox', 'privacy', 'jobs'] },
  { folder: 'privacy', tests: ['privacy', 'carts', 'inbox/drain.dbtest.ts', 'api/archives.dbtest.ts'] },
  { folder: 'work', tests: ['work', 'inbox', 'effects', 'syncs', 'api/archives.dbtest.ts', 'api/imports.dbtest.ts'] },
  { folder: 'effects', tests: ['effects', 'privacy', 'api/background.dbtest.ts'] },
];

/** A mutation that is always tried: each stood unnoticed once. */
export type Named = {
  id: string;
  /** What would go wrong. */
  what: string;
  /** As those of an area. */
  tests: readonly string[];
};

export const NAMED: readonly Named[] = [
  {
    id: 'privacy/erase.usecases.ts:erasePeople:drop-call:await forgetCarts(scope, row);',
    what: 'carts of somebody who was erased stay',
    tests: ['carts', 'privacy'],
  },
];

/** The files among `all` that `tests` names, the slow ones left out. @param all paths from the project's folder */
export const testFilesOf = (tests: readonly string[], all: readonly string[]): string[] =>
  all.filter(
    (path) => !SLOW.test(path) && tests.some((test) => path === `server/${test}` || path.startsWith(`server/${test}/`)),
  );

const TEST = /\.(?:test|dbtest)\.ts$/;
/** Tables are known to migrations, types to nobody who runs; the others serve tests. */
const NO_CODE = /\.(?:test|dbtest|fixtures|contract|tables|types)\.ts$/;

export const isTest = (path: string): boolean => TEST.test(path);

/** Files of a folder that are mutated, by their paths below `server/`. */
export const isMutated = (folder: string, path: string): boolean =>
  path.startsWith(`${folder}/`) && path.endsWith('.ts') && !NO_CODE.test(path);
