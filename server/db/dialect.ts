/** The kinds of database the app runs on. */
export type Dialect = 'sqlite' | 'postgres';

/**
 * The dialect that a database URL names. The schema is built once, when its modules load, so the choice has to be
 * known before any configuration object exists: this file and config.ts are the only readers of the environment.
 */
export const dialectOf = (url: string | undefined): Dialect =>
  /^postgres(ql)?:/.test(url ?? '') ? 'postgres' : 'sqlite';

/** The database that the process was started with; empty: the default file. */
export const databaseUrl = process.env.DATABASE_URL ?? '';

export const dialect: Dialect = dialectOf(databaseUrl);
