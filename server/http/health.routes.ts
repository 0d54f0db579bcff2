import type { RequestHandler } from 'express';
import type { Database } from '../db/database.ts';
import { answers } from '../db/ping.ts';

/** The process is alive. */
export const healthRoute: RequestHandler = (_request, response) => {
  response.json({ ok: true });
};

/** Migrated (the app listens only after that) and the database answers. */
export const readyRoute =
  (db: Database): RequestHandler =>
  async (_request, response) => {
    const ready = await answers(db);
    response.status(ready ? 200 : 503).json({ ready });
  };
