import { createHash } from 'node:crypto';

export type StoreWebhook = { id: number; name: string; status: string; topic: string; url: string };

/** What is to be sent where; `secret` signs it. */
export type Wanted = { deliveryUrl: string; topics: readonly string[]; secret: string };

export type WebhookPlan = {
  kept: string[];
  /** Topics for which one has to be made. */
  missing: string[];
  /** Ids of ours that have to go. */
  superfluous: number[];
  /** Topics that the store had stopped sending after failures (`disabled`), or somebody had paused. */
  stopped: string[];
};

/**
 * Tells one secret from another, without telling the secret: a store never shows what a webhook signs with, so that its name
 * has to. The secret is long and random, so that nobody finds it by this.
 */
const mark = (secret: string): string => createHash('sha256').update(`webhook:${secret}`).digest('hex').slice(0, 12);

/** The name by which our webhooks stand in the store's settings. */
export const webhookName = (topic: string, secret: string): string => `Bazgasht ${topic} (${mark(secret)})`;

const sameUrl = (a: string, b: string): boolean => a === b || (URL.parse(a)?.href ?? a) === (URL.parse(b)?.href ?? b);

/** A topic's webhook that sends what we can check. */
const works = (one: StoreWebhook, topic: string, { deliveryUrl, secret }: Wanted): boolean =>
  one.status === 'active' &&
  one.topic === topic &&
  sameUrl(one.url, deliveryUrl) &&
  one.name === webhookName(topic, secret);

/**
 * What has to be made and what has to go, so that each topic is sent once, to us, signed by this secret. Ours is what sends to
 * our address, or bears the mark of our secret (an address that we had before); everything else is somebody else's and stays,
 * also what another Bazgasht made. One that was stopped is never started again: the store would go on counting its failures
 * and stop it at the next one. Pure.
 */
export function planWebhooks(found: readonly StoreWebhook[], wanted: Wanted): WebhookPlan {
  const ours = found.filter(
    ({ url, name }) => sameUrl(url, wanted.deliveryUrl) || name.endsWith(`(${mark(wanted.secret)})`),
  );
  const kept = new Map<string, number>();
  for (const topic of wanted.topics) {
    const good = ours.filter((one) => works(one, topic, wanted)).map(({ id }) => id);
    if (good.length > 0) kept.set(topic, Math.min(...good));
  }
  const staying = new Set(kept.values());
  return {
    kept: [...kept.keys()],
    missing: [...new Set(wanted.topics)].filter((topic) => !kept.has(topic)),
    superfluous: ours.filter(({ id }) => !staying.has(id)).map(({ id }) => id),
    stopped: ours.filter(({ status }) => status !== 'active').map(({ topic }) => topic),
  };
}
