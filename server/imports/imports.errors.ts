import { AppError, isAppError } from '../shared/errors.ts';

const ROW = 'imports.row';

/** A row that cannot be taken; `reason` is a sentence. Made, not thrown. */
export const rowError = (line: number, reason: string) => new AppError(ROW, reason, { status: 422, details: { line } });

/** The line and the sentence of a rowError; null for any other caught value. */
export function rowRefusal(error: unknown): { line: number; reason: string } | null {
  if (!isAppError(error, ROW)) return null;
  const line = error.details?.line;
  return { line: typeof line === 'number' ? line : 0, reason: error.message };
}

/** The file as a whole cannot be read. Made, not thrown. */
export const fileError = (code: 'missing' | 'unreadable' | 'header' | 'format', message: string, cause?: unknown) =>
  new AppError(`imports.${code}`, message, { status: 400, cause });
