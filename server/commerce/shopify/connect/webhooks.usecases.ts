import type { Admin } from '../admin/admin.ts';
import {
  WebhookSubscribe,
  WebhookSubscriptions,
  type WebhookSubscriptionsQuery,
  type WebhookSubscriptionTopic,
  WebhookUnsubscribe,
} from '../operations.generated.ts';
import { SHOPIFY_TOPICS } from '../reading/shopify.commerce.ts';

/** Declared in the app's settings only: Shopify takes no subscription to them. */
export const COMPLIANCE_TOPICS: readonly string[] = ['customers/data_request', 'customers/redact', 'shop/redact'];

/** `orders/create` → `ORDERS_CREATE`, as the Admin API names topics. */
export const topicName = (topic: string): WebhookSubscriptionTopic =>
  topic.replace(/[/.]/g, '_').toUpperCase() as WebhookSubscriptionTopic;

/** The topics that a shop's own subscriptions cover. */
export const SUBSCRIBED: readonly WebhookSubscriptionTopic[] = SHOPIFY_TOPICS.filter(
  (topic) => !COMPLIANCE_TOPICS.includes(topic),
).map(topicName);

type Subscription = { id: string; topic: WebhookSubscriptionTopic; uri: string };

/** Far more pages than an app has subscriptions. */
const MAX_PAGES = 20;

async function subscriptionsOf(admin: Admin): Promise<Subscription[]> {
  const all: Subscription[] = [];
  let after: string | null = null;
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const { webhookSubscriptions }: WebhookSubscriptionsQuery = await admin.run(WebhookSubscriptions, { after });
    all.push(...webhookSubscriptions.nodes);
    if (!webhookSubscriptions.pageInfo.hasNextPage) break;
    after = webhookSubscriptions.pageInfo.endCursor;
  }
  return all;
}

export type WebhookHealth = { kept: number; made: number; removed: number; refused: string[] };

/**
 * Sees to it that the shop itself sends these topics to our address, and none to an old one: makes what is missing, removes
 * what goes elsewhere or is not wanted (where the app's settings bring it already). A topic that Shopify refuses (a permission is missing) is named in the answer; the others are made.
 * @throws AppError as Admin.run does
 */
export async function mendWebhooks(
  admin: Admin,
  uri: string,
  topics: readonly WebhookSubscriptionTopic[],
): Promise<WebhookHealth> {
  const found = await subscriptionsOf(admin);
  const health: WebhookHealth = { kept: 0, made: 0, removed: 0, refused: [] };
  for (const topic of topics) {
    if (found.some((one) => one.topic === topic && one.uri === uri)) {
      health.kept += 1;
      continue;
    }
    const { webhookSubscriptionCreate: made } = await admin.run(WebhookSubscribe, { topic, uri });
    const taken = made?.userErrors.some(({ message }) => /already been taken/i.test(message)) ?? false;
    if (made?.webhookSubscription) health.made += 1;
    else if (taken) health.kept += 1;
    else health.refused.push(topic);
  }
  // Only now: until the new address is subscribed, the old one may still have listened.
  for (const { id, topic, uri: other } of found) {
    if (!SUBSCRIBED.includes(topic) || (other === uri && topics.includes(topic))) continue;
    await admin.run(WebhookUnsubscribe, { id });
    health.removed += 1;
  }
  return health;
}
