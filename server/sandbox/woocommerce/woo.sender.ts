import { createHash, createHmac } from 'node:crypto';
import type { Logger } from '../../shared/logger.ts';
import type { Sender } from '../store/sandbox.kind.ts';
import type { SandboxDelivery } from '../store/sandbox.types.ts';
import type { WooWebhook } from '../store/woo.state.ts';
import { phpJson } from './woo.json.ts';
import { payloadOf } from './woo.payloads.ts';
import type { Woo } from './woo.types.ts';
import { partsOf } from './woo.webhooks.ts';

/** WordPress waits a minute for an answer. */
const TIMEOUT = 60_000;
/** The failure after this many in a row disables a webhook. */
const FAILURES = 5;

export type WooSenderDeps = {
  woo: Woo;
  logger: Logger;
  fetch: typeof fetch;
  /** Where an address leads, once the app answers; null: nowhere. */
  reach(url: string): string | null;
};

type Sent = { url: string; headers: Record<string, string>; body: string };

/** The same within one second, whatever is sent: nobody may tell deliveries apart by it. */
const deliveryId = (hook: number, at: number): string =>
  createHash('sha256')
    .update(`${hook} ${Math.floor(at / 1000)}`)
    .digest('hex')
    .slice(0, 32);

const agentOf = (version: string): string =>
  `WooCommerce/${version} Hookshot (WordPress/${version === '8.9.3' ? '6.5.5' : '7.1'})`;

/** A delivery's headers and bytes, signed over these. */
export function signed(woo: Woo, webhook: WooWebhook, topic: string, body: string): Sent {
  const { resource, event } = partsOf(topic);
  return {
    url: webhook.deliveryUrl,
    body,
    headers: {
      'user-agent': agentOf(woo.site.version),
      'content-type': 'application/json',
      'x-wc-webhook-source': `${woo.site.url}/`,
      'x-wc-webhook-topic': topic,
      'x-wc-webhook-resource': resource,
      'x-wc-webhook-event': event,
      'x-wc-webhook-signature': createHmac('sha256', webhook.secret).update(body).digest('base64'),
      'x-wc-webhook-id': String(webhook.id),
      'x-wc-webhook-delivery-id': deliveryId(webhook.id, woo.store.clock.now()),
    },
  };
}

/** Sends what a WooCommerce store owes: each thing once, as it is then, whatever the app answers. */
export function createWooSender(deps: WooSenderDeps): Sender & { ping(webhook: WooWebhook): Promise<void> } {
  const { woo, logger } = deps;
  let running = false;
  let line: Promise<unknown> = Promise.resolve();

  const post = async ({ url, headers, body }: Sent): Promise<number> => {
    const where = deps.reach(url);
    if (where === null) return 0;
    try {
      const signal = AbortSignal.timeout(TIMEOUT);
      // A redirect counts as a success and is not followed.
      const answer = await deps.fetch(where, { method: 'POST', headers, body, signal, redirect: 'manual' });
      await answer.arrayBuffer();
      return answer.status;
    } catch {
      return 0;
    }
  };

  const ping = async (webhook: WooWebhook): Promise<void> => {
    const headers = { 'user-agent': agentOf(woo.site.version), 'content-type': 'application/x-www-form-urlencoded' };
    const status = await post({ url: webhook.deliveryUrl, headers, body: `webhook_id=${webhook.id}` });
    if (status !== 200) return;
    webhook.pending = false;
    woo.keep();
  };

  /** Counts failures in a row; the seventh disables the webhook and is not counted, so that one more does so again. */
  const count = (webhook: WooWebhook, status: number): void => {
    if (status >= 200 && status < 303) webhook.failures = 0;
    else if (webhook.failures > FAILURES) webhook.status = 'disabled';
    else webhook.failures += 1;
    webhook.modifiedAt = woo.store.clock.now();
    woo.keep();
    if (webhook.status === 'disabled') logger.warn({ topic: webhook.topic, status }, 'the sandbox disabled a webhook');
  };

  /** Whose delivery it is: what somebody made up goes by the webhook of its topic, or by any. */
  const webhookOf = ({ about, topic }: SandboxDelivery): WooWebhook | undefined => {
    const { webhooks } = woo.state;
    if (about) return webhooks.find(({ id }) => id === about.hook);
    return webhooks.find((webhook) => webhook.topic === topic) ?? webhooks[0];
  };

  const attempt = async (id: string): Promise<number> => {
    const delivery = woo.store.owed.get(id);
    if (!running || delivery === undefined) return 0;
    const webhook = webhookOf(delivery);
    // From here on what happens to the thing is owed anew: this one says how it is now.
    const { about, topic } = delivery;
    const body = about ? phpJson(payloadOf(woo, topic, about.id)) : delivery.body;
    woo.store.acknowledge(id);
    if (!webhook) return 0;
    if (webhook.pending) await ping(webhook);
    const sent = signed(woo, webhook, topic, body);
    if (woo.faults.createdTwice && topic === 'order.created') await post(sent);
    const status = await post(sent);
    count(webhook, status);
    return status;
  };

  /** One after the other, as the queue of a small store is worked off. */
  const queue = (id: string): Promise<number> => {
    const turn = line.then(() => attempt(id));
    line = turn;
    return turn;
  };
  const flush = async (): Promise<number> => {
    if (woo.faults.quiet) return 0;
    const sent = [...woo.store.owed.keys()].map(queue);
    await Promise.all(sent);
    return (await sent.at(-1)) ?? 0;
  };

  return {
    ping,
    flush,
    start() {
      running = true;
      void flush();
    },
    async stop() {
      running = false;
      await line;
    },
  };
}
