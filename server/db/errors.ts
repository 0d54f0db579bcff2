import { AppError, isAppError } from '../shared/errors.ts';

/** SQLSTATE classes and codes after which the same work may succeed: lost connection, deadlock, lock timeout, shutdown. */
const RETRYABLE = /^(08|40|53|57P|55P03)|^SQLITE_(BUSY|LOCKED|IOERR|FULL)|^E(CONNREFUSED|CONNRESET|PIPE|TIMEDOUT)/;

/** The server is away, or going: not this work's fault, and nothing else gets through either. */
const AWAY = /^(08|57P0[123])|^E(CONNREFUSED|CONNRESET|PIPE|TIMEDOUT|HOSTUNREACH|NETUNREACH)$/;
/** What node-postgres says of a broken connection without a code. */
const BROKEN =
  /^(Connection terminated|Client has encountered a connection error|Client was closed|timeout exceeded when)/;

/** Whether there was no getting through to the database: no use in trying the parts of the work one by one. */
export const isDatabaseAway = (error: unknown): boolean => isAppError(error) && error.code === 'database.away';

/**
 * Translates a driver's error at the edge of the app: its own errors pass, everything else becomes `database.failed`, or
 * `database.away` where there was no getting through, with the original as cause and a word on whether trying again makes
 * sense. The statement and its values stay out of the message: they may hold personal data.
 */
export function foreignError(error: unknown): unknown {
  if (isAppError(error)) return error;
  const chain = chainOf(error);
  const code = codeIn(chain);
  if (code === null ? chain.some(({ message }) => BROKEN.test(message)) : AWAY.test(code)) {
    const message = `The database does not answer (${code ?? 'the connection broke'}).`;
    return new AppError('database.away', message, { retryable: true, cause: error });
  }
  if (code === null) return error;
  const retryable = RETRYABLE.test(code);
  return new AppError('database.failed', `The database refused the work (${code}).`, { retryable, cause: error });
}

/** What SQLite, PostgreSQL (five characters) and their connections call their errors. */
const DATABASE_CODE = /^(SQLITE_\w+|[0-9A-Z]{5}|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH)$/;

/** An error with what it was made from: drizzle wraps the driver's. */
function chainOf(error: unknown): Error[] {
  const chain: Error[] = [];
  for (let at = error; at instanceof Error && chain.length < 5; at = at.cause) chain.push(at);
  return chain;
}

/** The driver's code; null for an error that is not a database's. */
function codeIn(chain: Error[]): string | null {
  for (const error of chain) {
    const { code } = error as Error & { code?: unknown };
    if (typeof code === 'string' && DATABASE_CODE.test(code)) return code;
  }
  return null;
}
