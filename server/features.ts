import type { Endpoint } from './api/endpoint.ts';
import { apiFeature } from './api/feature.ts';
import { archivesFeature } from './archives/feature.ts';
import { cartsFeature } from './carts/feature.ts';
import { woocommerceFeature } from './commerce/woocommerce/connect/feature.ts';
import { couponsFeature } from './coupons/feature.ts';
import { customersFeature } from './customers/feature.ts';
import type { AppTable } from './db/catalogue.ts';
import { effectsFeature } from './effects/feature.ts';
import { filesFeature } from './files/feature.ts';
import { importsFeature } from './imports/feature.ts';
import { inboxFeature } from './inbox/feature.ts';
import { insightsFeature } from './insights/feature.ts';
import { jobsFeature } from './jobs/feature.ts';
import { ordersFeature } from './orders/feature.ts';
import { pointsFeature } from './points/feature.ts';
import { privacyFeature } from './privacy/feature.ts';
import { productsFeature } from './products/feature.ts';
import { programFeature } from './program/feature.ts';
import { shopsFeature } from './shops/feature.ts';
import type { Feature } from './shops/scope.ts';
import { syncsFeature } from './syncs/feature.ts';
import { tiersFeature } from './tiers/feature.ts';

/** Every table of some features, in their order. */
export const tablesOf = (of: readonly Pick<Feature, 'tables'>[]): AppTable[] =>
  of.flatMap(({ tables = [] }) => tables.map(({ table }) => table));

/**
 * Every feature, in the order in which merges, erasures and retention go over them. Whatever is derived from it is handed to
 * those who need it by whoever wires the app.
 */
export const features = [
  customersFeature,
  ordersFeature,
  cartsFeature,
  // Behind the orders that are one customer's now, as points, and tiers by those points.
  insightsFeature,
  pointsFeature,
  tiersFeature,
  programFeature,
  productsFeature,
  couponsFeature,
  syncsFeature,
  shopsFeature,
  apiFeature,
  effectsFeature,
  // What was packed up or written down before names what the others have just forgotten.
  privacyFeature,
  inboxFeature,
  importsFeature,
  archivesFeature,
  filesFeature,
  woocommerceFeature,
  jobsFeature,
] as const satisfies readonly Feature<never, Endpoint>[];
