import { AppError, conflict } from '../shared/errors.ts';

/** The file is no whole backup: cut short, changed, or something else. Nothing of it was taken over. */
export const damaged = (what: string, cause?: unknown): AppError =>
  new AppError('backup.damaged', `This backup cannot be trusted: ${what}. Nothing was restored.`, { cause });

/** The file is fine, this version or this database cannot take it. */
export const refused = (reason: string): AppError => conflict('backup.refused', `${reason} Nothing was restored.`);
