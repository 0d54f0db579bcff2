import type { Database } from '../db/database.ts';
import { deleteRuns, lastRun, putRun } from './ticks.repository.ts';
import { nextTick } from './ticks.rules.ts';

/** A job by the clock, as far as its times go. */
export type Ticking = { name: string; cron: string };
/** How a job went that began at `at` by the app's clock; `seconds` of real time. */
export type Ran = { at: number; ok: boolean; seconds: number };

/** Long enough to see a job that runs once a night, and whether it has failed for days. */
const KEPT_MS = 30 * 86_400_000;

/** Notes how a job of the schedule went, and forgets what is a month old. */
export const noteRun = ({ db }: { db: Database }, name: string, { at, ok, seconds }: Ran): Promise<void> =>
  db.transaction(async (tx) => {
    await putRun(tx, { name, at, ok, ms: Math.round(seconds * 1000) });
    await deleteRuns(tx, name, at - KEPT_MS);
  });

/** The schedule with each job's next time by the app's clock, and how its last run went, in the order of the next times. */
export async function ticksOf({ db }: { db: Database }, schedule: readonly Ticking[], now: number) {
  const rows = await Promise.all(
    schedule.map(async ({ name, cron }) => {
      const last = await lastRun(db.read, name);
      return {
        name,
        cron,
        next: nextTick(cron, now),
        last: last && { at: last.at, ok: last.ok, seconds: last.ms / 1000 },
      };
    }),
  );
  return rows.sort((a, b) => a.next - b.next || (a.name < b.name ? -1 : 1));
}
