import type { IncomingHttpHeaders } from 'node:http';
import type { RequestHandler } from 'express';
import type { Refusal, Verified } from '../commerce/commerce.port.ts';
import type { Receiver } from '../inbox/receive.usecases.ts';
import type { Jobs } from '../jobs/jobs.port.ts';
import { addLogFields } from '../shared/logger.context.ts';
import type { Logger } from '../shared/logger.ts';
import { seldom } from '../shared/seldom.ts';
import type { KnownShop } from '../shops/directory.usecases.ts';
import type { Shop } from '../shops/shops.types.ts';
import type { Intake, IntakeMetrics } from './metrics.ts';
import { rawBody } from './raw-body.ts';

export type WebhookDeps = {
  platform: Shop['platform'];
  receiver: Receiver;
  jobs: Jobs;
  logger: Logger;
  metrics: IntakeMetrics;
  /** The shop that a delivery claims to come from; null: unknown. */
  shopOf: (domain: string) => Promise<KnownShop | null>;
  /** The app's own secret; shops with one of their own are checked against that. */
  appSecret: string | undefined;
  verify: (headers: IncomingHttpHeaders, body: Buffer, secret: string) => Verified | Refusal;
  /** The header that names the shop: it chooses the secret, and is believed only after the check. */
  shopHeader: string;
};

/**
 * Takes deliveries in: bytes → signature → shop → stored durably → 200. Nothing is parsed here, so what a body holds can
 * neither slow this down nor break it.
 */
export function webhookRoute(deps: WebhookDeps): RequestHandler {
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
      answer(await take(deps, request.headers, read.body));
    } catch (error) {
      failed({ err: error });
      answer({ status: 500, outcome: 'failed' });
    }
  };
}

type Taken = Pick<Intake, 'status' | 'outcome'> & { topic?: string };
const UNSIGNED: Taken = { status: 401, outcome: 'unsigned' };

async function take(deps: WebhookDeps, headers: IncomingHttpHeaders, body: Buffer): Promise<Taken> {
  const claimed = headers[deps.shopHeader];
  const shop = typeof claimed === 'string' ? await deps.shopOf(claimed.toLowerCase()) : null;
  const secret = shop?.secret ?? deps.appSecret;
  if (secret === undefined) return UNSIGNED;
  const verified = deps.verify(headers, body, secret);
  if (!verified.ok) return { ...UNSIGNED, status: verified.status };
  const { topic, deliveryId, triggeredAt } = verified;
  if (!shop) return { status: 404, outcome: 'unknown_shop', topic };
  // By the delivery's id its way can be followed: through this request, the inbox and what applies it.
  addLogFields({ shop: shop.id, deliveryId, topic });
  const fresh = await deps.receiver.receive({ shopId: shop.id, deliveryId, topic, body, triggeredAt });
  if (fresh) deps.jobs.wake('inbox', shop.id);
  return { status: 200, outcome: fresh ? 'stored' : 'duplicate', topic };
}
