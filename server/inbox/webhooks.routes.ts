import type { IncomingHttpHeaders } from 'node:http';
import type { Request, RequestHandler } from 'express';
import type { Ping, Refusal, Verified } from '../commerce/commerce.port.ts';
import type { Intake, IntakeMetrics } from '../http/metrics.ts';
import { rawBody } from '../http/raw-body.ts';
import type { Jobs } from '../jobs/jobs.port.ts';
import type { Ids } from '../shared/ids.ts';
import { addLogFields } from '../shared/logger.context.ts';
import type { Logger } from '../shared/logger.ts';
import { seldom } from '../shared/seldom.ts';
import type { KnownShop } from '../shops/directory.usecases.ts';
import type { Shop } from '../shops/shops.types.ts';
import type { Receiver } from './receive.usecases.ts';

type IntakeDeps = { receiver: Receiver; jobs: Jobs; logger: Logger; metrics: IntakeMetrics; ids: Ids };

/** A platform whose deliveries name their shop by a domain, and are signed with the app's secret. */
export type DomainWebhookDeps = IntakeDeps & {
  /** The shop that a delivery claims to come from; null: unknown. */
  shopOf: (domain: string) => Promise<KnownShop | null>;
  /** The app's own secret; shops with one of their own are checked against that. */
  appSecret: string | undefined;
  verify: (headers: IncomingHttpHeaders, body: Buffer, secret: string) => Verified | Refusal;
  /** The header that names the shop: it chooses the secret, and is believed only after the check. */
  shopHeader: string;
};

/** A platform whose deliveries come to an address of the shop's own, signed with the shop's own secret. */
export type AddressWebhookDeps = IntakeDeps & {
  /** The shop with this id; null: unknown. `fresh`: as it is now, not as it is remembered. */
  shopOf: (id: string, fresh?: boolean) => Promise<KnownShop | null>;
  verify: (headers: IncomingHttpHeaders, body: Buffer, secret: string | undefined) => Verified | Ping | Refusal;
};

/**
 * Takes deliveries in: bytes → signature → shop → stored durably → 200. Nothing is parsed here, so what a body holds can
 * neither slow this down nor break it.
 */
function webhookRoute(
  deps: IntakeDeps & { platform: Shop['platform'] },
  take: (request: Request, body: Buffer) => Promise<Taken>,
): RequestHandler {
  const failed = seldom<{ err: unknown }>((facts) => deps.logger.error(facts, 'a delivery could not be stored'));
  return async (request, response) => {
    const began = performance.now();
    const answer = ({ status, outcome, topic = '' }: Taken): void => {
      const seconds = (performance.now() - began) / 1000;
      deps.metrics.taken({ platform: deps.platform, status, outcome, topic, seconds });
      response.status(status).end();
    };
    const read = await rawBody(request);
    if (!read.ok) return answer({ status: read.status, outcome: read.status === 413 ? 'too_large' : 'cut_short' });
    try {
      answer(await take(request, read.body));
    } catch (error) {
      failed({ err: error });
      answer({ status: 500, outcome: 'failed' });
    }
  };
}

type Taken = Pick<Intake, 'status' | 'outcome'> & { topic?: string };
const UNSIGNED: Taken = { status: 401, outcome: 'unsigned' };

/** The route of a platform whose deliveries name their shop in a header. */
export const domainWebhooks = (platform: Shop['platform'], deps: DomainWebhookDeps): RequestHandler =>
  webhookRoute({ ...deps, platform }, (request, body) => takeByDomain(deps, request.headers, body));

/** The route of a platform whose deliveries come to `…/:shop`. */
export const addressWebhooks = (platform: Shop['platform'], deps: AddressWebhookDeps): RequestHandler =>
  webhookRoute({ ...deps, platform }, (request, body) => takeByAddress(deps, request, body));

async function takeByDomain(deps: DomainWebhookDeps, headers: IncomingHttpHeaders, body: Buffer): Promise<Taken> {
  const claimed = headers[deps.shopHeader];
  const shop = typeof claimed === 'string' ? await deps.shopOf(claimed.toLowerCase()) : null;
  const secret = shop?.secret ?? deps.appSecret;
  if (secret === undefined) return UNSIGNED;
  const verified = deps.verify(headers, body, secret);
  if (!verified.ok) return { ...UNSIGNED, status: verified.status };
  if (!shop) return { status: 404, outcome: 'unknown_shop', topic: verified.topic };
  return keep(deps, shop, verified, body);
}

async function takeByAddress(deps: AddressWebhookDeps, request: Request, body: Buffer): Promise<Taken> {
  const { headers, params } = request;
  const id = String(params.shop);
  const shop = await deps.shopOf(id);
  if (!shop) return { status: 404, outcome: 'unknown_shop' };
  let verified = deps.verify(headers, body, shop.secret);
  if (!verified.ok) {
    const now = await deps.shopOf(id, true);
    if (now?.secret !== shop.secret) verified = deps.verify(headers, body, now?.secret);
  }
  if (!verified.ok) return { ...UNSIGNED, status: verified.status };
  return 'ping' in verified ? { status: 200, outcome: 'ping' } : keep(deps, shop, verified, body);
}

/** Stores a delivery, once. */
async function keep(deps: IntakeDeps, shop: KnownShop, verified: Verified, body: Buffer): Promise<Taken> {
  const { topic, triggeredAt } = verified;
  const deliveryId = verified.deliveryId ?? deps.ids.next();
  // By the delivery's id its way can be followed: through this request, the inbox and what applies it.
  addLogFields({ shop: shop.id, deliveryId, topic });
  const fresh = await deps.receiver.receive({ shopId: shop.id, deliveryId, topic, body, triggeredAt });
  if (fresh) deps.jobs.wake('inbox', shop.id);
  return { status: 200, outcome: fresh ? 'stored' : 'duplicate', topic };
}
