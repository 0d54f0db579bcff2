import { createHmac, hash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { safeEqual } from '../../../shared/crypto.ts';
import { stripNul } from '../../../shared/text.ts';
import type { Refusal, Verified } from '../../commerce.port.ts';
import { toInstant } from '../../fields.ts';

/** Longer than any header Shopify sends; what is longer is treated as absent, so that nothing unbounded is stored. */
const MAX_HEADER = 255;
/** A host name of at least two labels, as in acme.myshopify.com. */
const HOST_NAME = /^(?=.{4,253}$)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)+$/;
const DELIVERY_ID = /^[\x21-\x7e]+$/;

function header(headers: IncomingHttpHeaders, name: string): string | null {
  const value = headers[name];
  return typeof value === 'string' && value !== '' && value.length <= MAX_HEADER ? value : null;
}

/** `domain` names the shop. */
type ShopifyVerified = Verified & { domain: string; deliveryId: string };

const refused = (reason: string): Refusal => ({ ok: false, status: 401, reason });

/**
 * Whether a request is a delivery that Shopify signed: HMAC-SHA256 of the raw bytes with the app's secret, base64, in
 * `x-shopify-hmac-sha256`. Header names are lower case. The id is Shopify's webhook id, which its retries repeat; a
 * request without one is known by the hash of its topic and body. A signed request without a topic is accepted with the
 * topic '', since it is a fault that no retry can mend. `triggeredAt` is epoch ms, null when absent or not an instant.
 */
export function verifyShopify(
  headers: IncomingHttpHeaders,
  rawBody: Buffer,
  secret: string,
): ShopifyVerified | Refusal {
  const signature = header(headers, 'x-shopify-hmac-sha256');
  if (signature === null) return refused('The request carries no Shopify signature.');
  // An empty secret would make a signature that anybody can compute.
  if (secret === '') return refused('The Shopify API secret is not configured.');
  const expected = createHmac('sha256', secret).update(rawBody).digest('base64');
  if (!safeEqual(signature, expected)) return refused('The signature does not match the body.');
  const domain = header(headers, 'x-shopify-shop-domain')?.toLowerCase() ?? '';
  if (!HOST_NAME.test(domain)) return refused('The request names no shop.');
  const topic = stripNul(header(headers, 'x-shopify-topic') ?? '');
  const id = header(headers, 'x-shopify-webhook-id');
  return {
    ok: true,
    domain,
    topic,
    deliveryId: id !== null && DELIVERY_ID.test(id) ? id : contentId(topic, rawBody),
    triggeredAt: toInstant(header(headers, 'x-shopify-triggered-at')),
  };
}

const contentId = (topic: string, rawBody: Buffer) =>
  hash('sha256', Buffer.concat([Buffer.from(topic), rawBody]), 'hex');
