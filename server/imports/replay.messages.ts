import { createHmac } from 'node:crypto';
import type { OrderState } from '../commerce/commerce.types.ts';
import { shopifyPayload, shopifyTopic } from '../commerce/shopify/writing/payload.ts';
import { sha256Hex } from '../shared/canonical.ts';
import type { Clock } from '../shared/clock.ts';
import { type Random, seededRandom, shuffled } from '../shared/random.ts';
import type { ImportedOrder } from './imports.types.ts';
import type { Message } from './replay.send.ts';

/** How orders become deliveries; see ReplayOptions. */
export type MessageOptions = {
  domain: string;
  secret: string;
  duplicate?: number;
  shuffle?: number;
  seed?: number;
  clock: Clock;
};

/** Orders held at a time when nothing is shuffled: a duplicate follows its original within as many. */
const WINDOW = 200;

/** A delivery waiting in the window; its body is made when it goes out, so that a window stays small. */
type Waiting = { order: OrderState; triggeredAt: string };

/** Deterministic, but shaped like the ids that Shopify sends. */
function uuidOf(text: string): string {
  const hex = sha256Hex(text);
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 3) | 8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

function messageOf(
  { order, triggeredAt }: Waiting,
  { domain, secret }: Pick<MessageOptions, 'domain' | 'secret'>,
  seed: number,
): Message {
  const body = Buffer.from(JSON.stringify(shopifyPayload(order)));
  const topic = shopifyTopic(order);
  const name = `${seed}:${order.platformId}:${order.version.bodyHash}`;
  const headers = {
    'content-type': 'application/json',
    'x-shopify-topic': topic,
    'x-shopify-shop-domain': domain,
    'x-shopify-api-version': '2026-10',
    'x-shopify-webhook-id': uuidOf(`webhook:${name}`),
    'x-shopify-event-id': uuidOf(`event:${name}`),
    'x-shopify-triggered-at': triggeredAt,
    'x-shopify-hmac-sha256': createHmac('sha256', secret).update(body).digest('base64'),
  };
  return { headers, body };
}

/** Puts second copies of some deliveries behind their originals, anywhere up to the end of the window. */
function withDuplicates(window: readonly Waiting[], share: number, random: Random): Waiting[] {
  const behind: Waiting[][] = window.map(() => []);
  window.forEach((waiting, place) => {
    if (random.next() < share) behind[place + random.whole(window.length - place)]?.push(waiting);
  });
  return window.flatMap((waiting, place) => [waiting, ...(behind[place] ?? [])]);
}

/**
 * Orders as signed messages, in the order in which they go out; one window of them is held at a time, and `onWindow` called
 * behind each. What could not be read is counted and left out.
 */
export async function* messagesOf(
  orders: AsyncIterable<ImportedOrder>,
  options: MessageOptions,
  counts: { duplicates: number; unreadable: number },
  onWindow: () => void,
): AsyncGenerator<Message> {
  const seed = options.seed ?? options.clock.now();
  const random = seededRandom(seed);
  const size = options.shuffle || WINDOW;
  let window: Waiting[] = [];
  const drain = function* () {
    const ready = options.shuffle ? shuffled(window, random) : window;
    const queue = withDuplicates(ready, options.duplicate ?? 0, random);
    counts.duplicates += queue.length - window.length;
    window = [];
    for (const waiting of queue) yield messageOf(waiting, options, seed);
    onWindow();
  };
  for await (const result of orders) {
    if (!result.ok) {
      counts.unreadable += 1;
      continue;
    }
    window.push({ order: result.order, triggeredAt: new Date(options.clock.now()).toISOString() });
    if (window.length >= size) yield* drain();
  }
  yield* drain();
}
