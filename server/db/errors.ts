import { AppError, isAppError } from '../shared/errors.ts';

/** SQLSTATE classes and codes after which the same work may succeed: lost connection, deadlock, lock timeout, shutdown. */
const RETRYABLE = /^(08|40|53|57P|55P03)|^SQLITE_(BUSY|LOCKED|IOERR|FULL)|^E(CONNREFUSED|CONNRESET|PIPE|TIMEDOUT)/;

/**
 * Translates a driver's error at the edge of the app: its own errors pass, everything else becomes `database.failed`
 * with the original as cause and a word on whether trying again makes sense. The statement and its values stay out of
 * the message: they may hold personal data.
 */
export function foreignError(error: unknown): unknown {
  if (isAppError(error)) return error;
  const code = codeOf(error);
  if (code === null) return error;
  const retryable = RETRYABLE.test(code);
  return new AppError('database.failed', `The database refused the work (${code}).`, { retryable, cause: error });
}

/** What SQLite, PostgreSQL (five characters) and their connections call their errors. */
const DATABASE_CODE = /^(SQLITE_\w+|[0-9A-Z]{5}|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT)$/;

/** The driver's code, looked for through drizzle's wrapper; null for an error that is not a database's. */
function codeOf(error: unknown): string | null {
  for (let at = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth += 1) {
    const { code } = at as Error & { code?: unknown };
    if (typeof code === 'string' && DATABASE_CODE.test(code)) return code;
  }
  return null;
}
