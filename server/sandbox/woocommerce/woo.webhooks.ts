import type { Json } from '../../commerce/shopify/writing/payload.parts.ts';
import { secretToken } from '../../shared/ids.ts';
import type { WooWebhook } from '../store/woo.state.ts';
import { type Answer, failure, invalidId } from './woo.answers.ts';
import { batch } from './woo.batch.ts';
import { dates } from './woo.dates.ts';
import { links } from './woo.links.ts';
import type { Woo } from './woo.types.ts';

const HOOKS: Record<string, string[]> = {
  'order.created': ['woocommerce_new_order'],
  'order.updated': ['woocommerce_update_order', 'woocommerce_order_refunded'],
  'order.deleted': ['wp_trash_post', 'woocommerce_trash_order'],
  'order.restored': ['untrashed_post', 'woocommerce_untrash_order'],
  'customer.created': ['user_register', 'woocommerce_created_customer', 'woocommerce_new_customer'],
  'customer.updated': ['profile_update', 'woocommerce_update_customer'],
  'customer.deleted': ['delete_user'],
  'product.created': [
    'woocommerce_process_product_meta',
    'woocommerce_new_product',
    'woocommerce_new_product_variation',
  ],
  'product.updated': [
    ...['woocommerce_process_product_meta', 'woocommerce_update_product', 'woocommerce_update_product_variation'],
  ],
  'product.deleted': ['wp_trash_post'],
  'product.restored': ['untrashed_post'],
  'coupon.created': ['woocommerce_process_shop_coupon_meta', 'woocommerce_new_coupon'],
  'coupon.updated': ['woocommerce_process_shop_coupon_meta', 'woocommerce_update_coupon'],
  'coupon.deleted': ['wp_trash_post'],
  'coupon.restored': ['untrashed_post'],
};

/** A topic's two parts: `order.updated`, or `action.` and the name of a hook, which WooCommerce's own begin `wc_` or so. */
export const partsOf = (topic: string): { resource: string; event: string } => ({
  resource: topic.slice(0, topic.indexOf('.')),
  event: topic.slice(topic.indexOf('.') + 1),
});

const isTopic = (topic: string): boolean => topic in HOOKS || /^action\.(woocommerce_|wc_)\w+$/.test(topic);

/** A webhook as `webhooks/:id` gives it: neither its secret nor its failures are to be seen. */
export function webhookJson(webhook: WooWebhook, { site: { url, timeZone } }: Pick<Woo, 'site'>): Json {
  const { id, name, status, topic, deliveryUrl } = webhook;
  const { resource, event } = partsOf(topic);
  const hooks = HOOKS[topic] ?? [event];
  return {
    id,
    name,
    status,
    topic,
    resource,
    event,
    hooks,
    delivery_url: deliveryUrl,
    ...dates('date_created', webhook.createdAt, timeZone),
    ...dates('date_modified', webhook.modifiedAt, timeZone),
    _links: links(url, `webhooks/${id}`),
  };
}

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** Makes a webhook; it is pinged before anybody hears of it. */
export async function createWebhook(
  woo: Woo,
  body: Json,
  ping: (webhook: WooWebhook) => Promise<void>,
): Promise<Answer> {
  const topic = text(body.topic) ?? '';
  const deliveryUrl = text(body.delivery_url) ?? '';
  const refused = (what: string, message: string) =>
    failure(400, `woocommerce_rest_shop_webhook_invalid_${what}`, message);
  if (!isTopic(topic)) return refused('topic', 'Webhook topic is required and must be valid.');
  if (!/^https?:\/\//.test(deliveryUrl))
    return refused('delivery_url', 'Webhook delivery URL must be a valid URL starting with http:// or https://.');
  const { state, store } = woo;
  state.lastWebhook += 1;
  const webhook: WooWebhook = {
    id: state.lastWebhook,
    name: text(body.name) ?? 'Webhook created on sandbox',
    topic,
    deliveryUrl,
    status: statusIn(body) ?? 'active',
    secret: text(body.secret) ?? secretToken(24),
    failures: 0,
    pending: true,
    createdAt: store.clock.now(),
    modifiedAt: null,
  };
  state.webhooks.push(webhook);
  woo.keep();
  await ping(webhook);
  const location = `${woo.site.url}/wp-json/wc/v3/webhooks/${webhook.id}`;
  return { status: 201, body: webhookJson(webhook, woo), headers: { location } };
}

function statusIn({ status }: Json): WooWebhook['status'] | undefined {
  return status === 'active' || status === 'paused' || status === 'disabled' ? status : undefined;
}

/** Changes a webhook. Switching it on again does not take back how often it failed. */
export function updateWebhook(woo: Woo, webhook: WooWebhook, body: Json): Answer {
  Object.assign(webhook, {
    status: statusIn(body) ?? webhook.status,
    name: text(body.name) ?? webhook.name,
    deliveryUrl: text(body.delivery_url) ?? webhook.deliveryUrl,
    secret: text(body.secret) ?? webhook.secret,
    modifiedAt: woo.store.clock.now(),
  });
  woo.keep();
  return { status: 200, body: webhookJson(webhook, woo) };
}

/** Deletes a webhook, which has no trash. */
export function deleteWebhook(woo: Woo, webhook: WooWebhook, force: boolean): Answer {
  if (!force) return failure(501, 'woocommerce_rest_trash_not_supported', 'Webhooks do not support trashing.');
  woo.state.webhooks = woo.state.webhooks.filter((known) => known !== webhook);
  woo.keep();
  return { status: 200, body: webhookJson(webhook, woo) };
}

/** Many at once. */
export function batchWebhooks(woo: Woo, body: Json, ping: (webhook: WooWebhook) => Promise<void>): Promise<Answer> {
  const known = (id: number) => woo.state.webhooks.find((webhook) => webhook.id === id);
  const withKnown = (id: number, work: (webhook: WooWebhook) => Answer): Answer => {
    const webhook = known(id);
    return webhook ? work(webhook) : invalidId('shop_webhook');
  };
  return batch(body, {
    create: (item) => createWebhook(woo, item, ping),
    update: async (id, item) => withKnown(id, (webhook) => updateWebhook(woo, webhook, item)),
    delete: async (id) => withKnown(id, (webhook) => deleteWebhook(woo, webhook, true)),
  });
}
