import { startPostgres } from './postgres.ts';

/**
 * Runs once before the tests of the postgres project. Their workers are started afterwards and inherit the variable, so
 * it is there before any test module loads; the other projects set their own.
 */
export default async function setup(): Promise<() => Promise<void>> {
  const postgres = await startPostgres();
  process.env.DATABASE_URL = postgres.url;
  return postgres.stop;
}
