import express, { type Express, type RequestHandler, type Router } from 'express';
import { type ApiOptions, apiRouter } from '../api/api.routes.ts';
import type { Database } from '../db/database.ts';
import {
  type AddressWebhookDeps,
  addressWebhooks,
  type DomainWebhookDeps,
  domainWebhooks,
} from '../inbox/webhooks.routes.ts';
import type { Ids } from '../shared/ids.ts';
import type { Logger } from '../shared/logger.ts';
import { type AdminDeps, adminRoutes } from './admin.routes.ts';
import { errorMapper, notFoundRoute } from './errors.ts';
import { healthRoute, readyRoute } from './health.routes.ts';
import { type HomeDeps, homeRoute } from './home.routes.ts';
import type { Metrics } from './metrics.ts';
import { operatorsOnly } from './operators.ts';
import { requestLog } from './requests.ts';

export type HttpDeps = {
  db: Database;
  logger: Logger;
  ids: Ids;
  metrics: Metrics;
  adminToken: string | undefined;
  shopifyWebhooks: DomainWebhookDeps;
  /** Null where WooCommerce is not enabled. */
  wooWebhooks: AddressWebhookDeps | null;
  /** `/auth` and `/auth/callback`; null where Shopify is not configured. */
  shopifyAuth: RequestHandler | null;
  /** `/connect/woocommerce`; null where WooCommerce is not enabled. */
  wooConnect: RequestHandler | null;
  home: HomeDeps;
  /** The embedded admin, at `/app`. */
  admin: AdminDeps;
  api: ApiOptions;
  /** What has to be there besides the database before requests should come. */
  ready: () => boolean;
  /** The sandbox store's routes, where there is one. */
  sandbox?: Router;
};

/** The express app: every route of every role. */
export function createHttp(deps: HttpDeps): Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.use(requestLog({ logger: deps.logger, ids: deps.ids, onEnd: deps.metrics.requestEnded }));
  // Before and without any body parser: the hottest route, and the one that needs its bytes untouched.
  app.post('/webhooks/shopify', domainWebhooks('shopify', deps.shopifyWebhooks));
  if (deps.wooWebhooks) app.post('/webhooks/woocommerce/:shop', addressWebhooks('woocommerce', deps.wooWebhooks));
  app.get('/healthz', healthRoute);
  app.get('/readyz', readyRoute(deps.db, deps.ready));
  app.get('/metrics', operatorsOnly(deps.adminToken), async (_request, response) => {
    const text = await deps.metrics.text();
    response.type(deps.metrics.contentType).send(text);
  });
  if (deps.shopifyAuth) app.use('/auth', deps.shopifyAuth);
  if (deps.wooConnect) app.use('/connect/woocommerce', deps.wooConnect);
  app.use('/api/v1', apiRouter(deps.api));
  app.get('/', homeRoute(deps.home));
  app.use('/app', adminRoutes(deps.admin));
  if (deps.sandbox) app.use('/sandbox', deps.sandbox);
  app.use(notFoundRoute);
  app.use(errorMapper(deps.logger));
  return app;
}
