import { AppError, badRequest, conflict } from '../shared/errors.ts';

/** The file is no whole backup: cut short, changed, or something else. Nothing of it was taken over. */
export const damaged = (what: string, cause?: unknown): AppError =>
  new AppError('backup.damaged', `This backup cannot be trusted: ${what}. Nothing was restored.`, { cause });

/** The file is fine, this version or this database cannot take it. */
export const refused = (reason: string): AppError => conflict('backup.refused', `${reason} Nothing was restored.`);

const FILE_FAULT = /^E(NOENT|ACCES|PERM|ISDIR|NOTDIR|ROFS|EXIST|NOSPC|DQUOT)$/;

/** What the file system says, in words for whoever named the file; any other error as it is. */
export function unwritable(path: string, error: unknown): unknown {
  const { code = '' } = error as NodeJS.ErrnoException;
  if (!FILE_FAULT.test(code)) return error;
  const reason = code === 'ENOSPC' ? 'the disk is full' : code;
  return badRequest('backup.unwritable', `${path} cannot be written (${reason}).`);
}
