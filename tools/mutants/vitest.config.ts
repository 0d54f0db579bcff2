import { defineConfig } from 'vitest/config';

// One file in one process, on SQLite: it brings the test files in that the plan names.
export default defineConfig({
  test: {
    include: ['tools/mutants/driver.ts'],
    runner: './tools/mutants/runner.ts',
    pool: 'forks',
    maxWorkers: 1,
    isolate: false,
    env: { DATABASE_URL: 'file:unused' },
    // A busy machine must not look like a test that noticed; what stands still is ended from outside.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    fsModuleCache: true,
  },
});
