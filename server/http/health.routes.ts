import type { RequestHandler } from 'express';
import type { Database } from '../db/database.ts';
import { answers } from '../db/ping.ts';

/** The process is alive. */
export const healthRoute: RequestHandler = (_request, response) => {
  response.json({ ok: true });
};

/** Migrated (the app listens only after that), the database answers, and the sandbox store, if there is one, is filled. */
export const readyRoute =
  (db: Database, filled: () => boolean): RequestHandler =>
  async (_request, response) => {
    const ready = filled() && (await answers(db));
    response.status(ready ? 200 : 503).json({ ready });
  };
