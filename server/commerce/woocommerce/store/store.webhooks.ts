import { z } from 'zod';
import { isAppError } from '../../../shared/errors.ts';
import type { Store } from './store.types.ts';
import { planWebhooks, type StoreWebhook, webhookName } from './store.webhooks.rules.ts';

const webhookShape = z
  .object({
    id: z.number().int(),
    name: z.string().catch(''),
    status: z.string().catch('disabled'),
    topic: z.string().catch(''),
    delivery_url: z.string().catch(''),
  })
  .transform(({ delivery_url, ...rest }): StoreWebhook => ({ ...rest, url: delivery_url }));
const anything = z.unknown();

const PER_PAGE = 100;
/** Far more webhooks than a store has. */
const MAX_PAGES = 50;

async function webhooksOf(store: Store): Promise<StoreWebhook[]> {
  const all = new Map<number, StoreWebhook>();
  for (let page = 1; page <= MAX_PAGES; page += 1) {
    const query = { page, per_page: PER_PAGE, status: 'all', orderby: 'id', order: 'asc' };
    const { items, refused, pages } = await store.list('webhooks', webhookShape, query);
    const before = all.size;
    for (const one of items) all.set(one.id, one);
    // Some stores give shorter pages than they are asked for, so that a short one alone is not the end.
    const end = items.length + refused.length < PER_PAGE && pages !== null && pages <= page;
    if (end || all.size === before) break;
  }
  return [...all.values()];
}

/** `stopped`: topics that the store had stopped sending, or somebody had paused: what happened since is to be looked for. */
export type StoreWebhookHealth = {
  kept: number;
  made: number;
  removed: number;
  refused: string[];
  stopped: string[];
};

/** @returns whether the store takes the topic; the store calls our address before it answers */
async function make(store: Store, topic: string, deliveryUrl: string, secret: string): Promise<boolean> {
  const body = { name: webhookName(topic, secret), topic, delivery_url: deliveryUrl, secret, status: 'active' };
  try {
    await store.write('POST', 'webhooks', body, webhookShape);
    return true;
  } catch (error) {
    if (isAppError(error, 'woocommerce.refused') && String(error.details?.code).endsWith('_invalid_topic'))
      return false;
    throw error;
  }
}

async function remove(store: Store, id: number): Promise<void> {
  try {
    await store.write('DELETE', `webhooks/${id}`, { force: true }, anything);
  } catch (error) {
    if (!isAppError(error, 'woocommerce.not_found')) throw error;
  }
}

/**
 * Sees to it that the store sends each of these topics to our address once, signed by this secret: makes what is missing, and
 * takes away what was stopped, is there twice, signs with an older secret, sends to an address that we had before or is not
 * wanted any more. Webhooks of others stay. A topic that this version of WooCommerce does not know is named in the answer.
 * @throws AppError as Store does; called again it goes on where it was
 */
export async function mendStoreWebhooks(
  store: Store,
  deliveryUrl: string,
  topics: readonly string[],
  secret: string,
): Promise<StoreWebhookHealth> {
  const plan = planWebhooks(await webhooksOf(store), { deliveryUrl, topics, secret });
  const refused: string[] = [];
  for (const topic of plan.missing) if (!(await make(store, topic, deliveryUrl, secret))) refused.push(topic);
  // Only now: until the new ones are there, the old ones may still have told.
  for (const id of plan.superfluous) await remove(store, id);
  return {
    kept: plan.kept.length,
    made: plan.missing.length - refused.length,
    removed: plan.superfluous.length,
    refused,
    stopped: plan.stopped,
  };
}
