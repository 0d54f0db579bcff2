import express, { type Express } from 'express';
import type { Ids } from '../shared/ids.ts';
import type { Logger } from '../shared/logger.ts';
import { errorMapper, notFoundRoute } from './errors.ts';
import { type Ended, requestLog } from './requests.ts';

export type HttpDeps = {
  logger: Logger;
  ids: Ids;
  /** Told of each request once it is answered. */
  requestEnded: (ended: Ended) => void;
  /** Puts the routes of this role in their places; what none of them answers is a 404. */
  mount: (app: Express) => void;
};

/** The express app around the routes: requests are logged and counted, errors become answers without internals. */
export function createHttp({ logger, ids, requestEnded, mount }: HttpDeps): Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.use(requestLog({ logger, ids, onEnd: requestEnded }));
  mount(app);
  app.use(notFoundRoute);
  app.use(errorMapper(logger));
  return app;
}
