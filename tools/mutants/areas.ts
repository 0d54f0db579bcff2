/** A folder of the server whose tests are tried, and the tests that would notice. */
export type Area = {
  folder: string;
  /** Folders (all their tests) and files, below `server/`. The folder's own come first anyway. */
  tests: readonly string[];
};

/** Sets nothing right by itself: whole programs, and bodies by the thousand. They take longest and would find little more. */
const SLOW = /^server\/e2e\/|fuzz\.dbtest\.ts$/;

export const AREAS: readonly Area[] = [
  { folder: 'points', tests: ['points', 'reactions.dbtest.ts', 'tiers', 'people', 'api/customers.dbtest.ts'] },
  {
    folder: 'tiers',
    tests: [
      'tiers',
      'reactions.dbtest.ts',
      'points/earn.dbtest.ts',
      'people',
      'api/people.dbtest.ts',
      'api/customers.dbtest.ts',
    ],
  },
  { folder: 'inbox', tests: ['inbox', 'privacy', 'http/metrics.dbtest.ts', 'api/background.dbtest.ts'] },
  {
    folder: 'privacy',
    tests: ['privacy', 'carts', 'inbox/drain.dbtest.ts', 'api/archives.dbtest.ts', 'api/people.dbtest.ts'],
  },
  { folder: 'work', tests: ['work', 'inbox', 'effects', 'syncs', 'api/archives.dbtest.ts', 'api/imports.dbtest.ts'] },
  { folder: 'effects', tests: ['effects', 'privacy', 'http/metrics.dbtest.ts', 'api/background.dbtest.ts'] },
];

/** A mutation that is always tried: it went unnoticed once. */
export type Named = {
  /** Below `server/`. */
  file: string;
  before?: string;
  code: string;
  instead: string;
  /** The tests that have to notice, as those of an area. */
  tests: readonly string[];
};

export const NAMED: readonly Named[] = [
  // Carts of somebody who was erased stay.
  {
    file: 'carts/feature.ts',
    before: 'anonymise: ',
    code: 'forgetCarts',
    instead: 'async () => undefined',
    tests: ['carts', 'privacy'],
  },
  // An archive that somebody else has taken over is finished all the same.
  {
    file: 'work/leased.engine.ts',
    code: 'queue.leaseOf(row).fence !== fence',
    instead: 'false',
    tests: ['api/archives.dbtest.ts'],
  },
  // A reading is tried for ever.
  {
    file: 'syncs/run.usecases.ts',
    before: 'most: ',
    code: 'MOST_ATTEMPTS',
    instead: 'Number.POSITIVE_INFINITY',
    tests: ['syncs'],
  },
  {
    file: 'syncs/run.usecases.ts',
    code: '!retryable && !passing.includes(code)',
    instead: 'false',
    tests: ['syncs'],
  },
  // A delivery that a retry may mend is parked at once; one that none can is tried again.
  { file: 'work/retry.rules.ts', code: '!error.retryable', instead: 'true', tests: ['inbox/drain.dbtest.ts'] },
  {
    file: 'work/retry.rules.ts',
    code: '!error.retryable && error.status < 500',
    instead: 'false',
    tests: ['inbox/drain.dbtest.ts'],
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
