import { flag, instant, key, table, text, whole } from '../db/columns.ts';

/** When each job of the schedule ran, and how that went: the operator's, of no shop. */
export const jobRuns = table(
  'job_runs',
  {
    name: text().notNull(),
    at: instant().notNull(),
    ok: flag().notNull(),
    /** How long it took, in milliseconds of real time. */
    ms: whole().notNull(),
  },
  (t) => [key({ columns: [t.name, t.at] })],
);
