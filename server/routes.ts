import type { Express, RequestHandler, Router } from 'express';
import { type ApiOptions, apiRouter } from './api/api.routes.ts';
import type { Database } from './db/database.ts';
import { type AdminDeps, adminRoutes } from './http/admin.routes.ts';
import { healthRoute, readyRoute } from './http/health.routes.ts';
import { type HomeDeps, homeRoute } from './http/home.routes.ts';
import type { Metrics } from './http/metrics.ts';
import { operatorsOnly } from './http/operators.ts';
import {
  type AddressWebhookDeps,
  addressWebhooks,
  type DomainWebhookDeps,
  domainWebhooks,
} from './inbox/webhooks.routes.ts';

export type Routes = {
  db: Database;
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

/** Every route of every role, in the order in which they are asked. */
export const mountRoutes =
  (routes: Routes) =>
  (app: Express): void => {
    // Before and without any body parser: the hottest route, and the one that needs its bytes untouched.
    app.post('/webhooks/shopify', domainWebhooks('shopify', routes.shopifyWebhooks));
    if (routes.wooWebhooks) app.post('/webhooks/woocommerce/:shop', addressWebhooks('woocommerce', routes.wooWebhooks));
    app.get('/healthz', healthRoute);
    app.get('/readyz', readyRoute(routes.db, routes.ready));
    app.get('/metrics', operatorsOnly(routes.adminToken), async (_request, response) => {
      const text = await routes.metrics.text();
      response.type(routes.metrics.contentType).send(text);
    });
    if (routes.shopifyAuth) app.use('/auth', routes.shopifyAuth);
    if (routes.wooConnect) app.use('/connect/woocommerce', routes.wooConnect);
    app.use('/api/v1', apiRouter(routes.api));
    app.get('/', homeRoute(routes.home));
    app.use('/app', adminRoutes(routes.admin));
    if (routes.sandbox) app.use('/sandbox', routes.sandbox);
  };
