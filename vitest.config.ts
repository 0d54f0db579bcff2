import { defineConfig } from 'vitest/config';

// Fixed, so that a failure in the shuffled order can be repeated; BAZGASHT_SEED tries another order.
const seed = Number(process.env.BAZGASHT_SEED ?? 1_403_229);

const unit = ['server/**/*.test.ts', 'tools/**/*.test.ts'];
const database = ['server/**/*.dbtest.ts'];
/** Whole pages in a real browser. */
const browser = ['server/e2e/browser/**/*.test.ts'];
const web = ['web/src/**/*.test.{ts,tsx}'];

/** Every test opens its own file: the URL only says for which kind of database the schema is built. */
const env = { DATABASE_URL: 'file:unused' };

export default defineConfig({
  test: {
    // better-sqlite3 is a native module, which worker threads of one process do not share well.
    pool: 'forks',
    maxWorkers: '100%',
    // Test files share a worker's modules: loading drizzle anew for each costs half a second a file. That no file leans
    // on what another left behind is what the shuffled project watches.
    isolate: false,
    testTimeout: 10_000,
    hookTimeout: 30_000,
    sequence: { seed },
    projects: [
      { extends: true, test: { name: 'unit', include: unit, exclude: browser, env } },
      {
        extends: true,
        test: { name: 'web', include: web, environment: 'jsdom', setupFiles: './tools/web.setup.ts' },
      },
      { extends: true, test: { name: 'sqlite', include: database, env } },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: browser,
          env,
          globalSetup: './tools/browser.setup.ts',
          // Browser, app and test are three processes already, and the first page of each app is its slowest.
          maxWorkers: 1,
          testTimeout: 120_000,
          hookTimeout: 60_000,
        },
      },
      { extends: true, test: { name: 'postgres', include: database, globalSetup: './tools/postgres.setup.ts' } },
      {
        extends: true,
        test: {
          name: 'shuffled',
          // What reads the whole tree or starts the whole app depends on no order of its tests, and takes longest.
          include: ['server/**/*.test.ts', ...database],
          exclude: ['server/tidy.test.ts', 'server/e2e/**', 'server/cli/**', 'server/inbox/fuzz.dbtest.ts'],
          env,
          sequence: { shuffle: true },
        },
      },
    ],
  },
});
