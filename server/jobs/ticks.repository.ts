import { and, desc, eq, lt } from 'drizzle-orm';
import type { Tx } from '../db/database.ts';
import { jobRuns } from './ticks.tables.ts';

export type JobRun = typeof jobRuns.$inferSelect;

/** Notes a run; a second one of the same instant takes its place. */
export async function putRun(tx: Tx, row: JobRun): Promise<void> {
  const { ok, ms } = row;
  await tx
    .insert(jobRuns)
    .values(row)
    .onConflictDoUpdate({ target: [jobRuns.name, jobRuns.at], set: { ok, ms } });
}

/** Forgets runs of a job from before an instant. */
export async function deleteRuns(tx: Tx, name: string, before: number): Promise<void> {
  await tx.delete(jobRuns).where(and(eq(jobRuns.name, name), lt(jobRuns.at, before)));
}

/** The last run of a job, or null. */
export async function lastRun(db: Tx, name: string): Promise<JobRun | null> {
  const [row] = await db.select().from(jobRuns).where(eq(jobRuns.name, name)).orderBy(desc(jobRuns.at)).limit(1);
  return row ?? null;
}
