import { createHmac } from 'node:crypto';
import type { Logger } from '../../shared/logger.ts';
import type { Sender } from '../store/sandbox.kind.ts';
import type { Store } from '../store/sandbox.store.ts';
import type { SandboxDelivery } from '../store/sandbox.types.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
/** Pauses between attempts: eight retries over four hours, as Shopify makes them. Real time, whatever the store's clock says. */
const PAUSES = [5 * SECOND, 30 * SECOND, 2 * MINUTE, 10 * MINUTE, 30 * MINUTE, 60 * MINUTE, 60 * MINUTE, 77 * MINUTE];
/** Shopify gives an app five seconds to answer. */
const TIMEOUT = 5 * SECOND;

type SenderDeps = {
  store: Pick<Store, 'owed' | 'acknowledge'>;
  domain: string;
  apiSecret: string;
  logger: Logger;
  fetch: typeof fetch;
  /** Calls back later, and tells how to call that off. */
  later: (work: () => void, ms: number) => () => void;
};

/** What Shopify sends with a delivery of that topic, signed over the body's bytes. */
const signedHeaders = (delivery: SandboxDelivery, domain: string, secret: string): Record<string, string> => ({
  'content-type': 'application/json',
  'x-shopify-topic': delivery.topic,
  'x-shopify-shop-domain': domain,
  'x-shopify-api-version': '2026-10',
  'x-shopify-webhook-id': delivery.id,
  'x-shopify-event-id': delivery.id,
  'x-shopify-triggered-at': new Date(delivery.triggeredAt).toISOString(),
  'x-shopify-hmac-sha256': createHmac('sha256', secret).update(delivery.body).digest('base64'),
});

/**
 * Sends what the store owes to the app, over HTTP like any platform, in the order in which it came to be owed. What is not
 * answered with 200 is sent again, the same bytes under the same id; what a stop leaves is sent after the next start.
 */
export function createSender({ store, domain, apiSecret, logger, fetch: send, later }: SenderDeps): Sender {
  const attempts = new Map<string, number>();
  const waiting = new Map<string, () => void>();
  let base: string | null = null;
  let line: Promise<unknown> = Promise.resolve();

  const attempt = async (id: string): Promise<number> => {
    const delivery = store.owed.get(id);
    if (base === null || delivery === undefined || waiting.has(id)) return 0;
    const status = await post(delivery);
    if (status === 200) {
      attempts.delete(id);
      store.acknowledge(id);
      return status;
    }
    const done = (attempts.get(id) ?? 0) + 1;
    attempts.set(id, done);
    const pause = PAUSES[done - 1];
    if (pause === undefined) logger.warn({ topic: delivery.topic, status }, 'the sandbox gave a webhook up');
    else if (base !== null)
      waiting.set(
        id,
        later(() => {
          waiting.delete(id);
          void queue(id);
        }, pause),
      );
    return status;
  };

  const post = async (delivery: SandboxDelivery): Promise<number> => {
    try {
      const headers = signedHeaders(delivery, domain, apiSecret);
      const signal = AbortSignal.timeout(TIMEOUT);
      const url = `${base}/webhooks/shopify`;
      // A redirect is a failure to Shopify, so that it is not followed.
      return (await send(url, { method: 'POST', headers, body: delivery.body, signal, redirect: 'manual' })).status;
    } catch {
      return 0;
    }
  };

  /** One after the other: the app sees what happened in the order in which it did. */
  const queue = (id: string): Promise<number> => {
    const turn = line.then(() => attempt(id));
    line = turn;
    return turn;
  };

  return {
    async flush() {
      const sent = [...store.owed.keys()].filter((id) => !waiting.has(id) && !attempts.has(id)).map(queue);
      await Promise.all(sent);
      // A retry that has just come due is under way as well.
      await line;
      return (await sent.at(-1)) ?? 0;
    },
    start(origin) {
      base = origin;
      for (const id of store.owed.keys()) void queue(id);
    },
    async stop() {
      base = null;
      for (const cancel of waiting.values()) cancel();
      waiting.clear();
      await line;
    },
  };
}
