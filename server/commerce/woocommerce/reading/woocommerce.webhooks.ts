import { createHmac, hash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { safeEqual } from '../../../shared/crypto.ts';
import { stripNul } from '../../../shared/text.ts';
import type { Ping, Refusal, Verified } from '../../commerce.port.ts';

/** Longer than any header WooCommerce sends; what is longer is treated as absent, so that nothing unbounded is stored. */
const MAX_HEADER = 255;
const PING = /^webhook_id=\d{1,20}$/;
const LONGEST_PING = 40;
/** Whether a body says when its thing was modified: only then is a second one with the same bytes no news. */
const MODIFIED = Buffer.from('"date_modified_gmt":"');
/** Its payload may be the one that was there before the trash. */
const ALWAYS_NEWS = /^action\.|\.restored$/;

function header(headers: IncomingHttpHeaders, name: string): string | null {
  const value = headers[name];
  return typeof value === 'string' && value !== '' && value.length <= MAX_HEADER ? value : null;
}

const refused = (reason: string): Refusal => ({ ok: false, status: 401, reason });

/**
 * Before a webhook is made, and with every delivery until it is answered 200, a store sends `webhook_id=N` as a form,
 * unsigned and without any header of its own. There is nothing in it, so that it is answered and forgotten.
 */
function isPing(headers: IncomingHttpHeaders, rawBody: Buffer): boolean {
  if (rawBody.length > LONGEST_PING || Object.keys(headers).some((name) => name.startsWith('x-wc-'))) return false;
  return PING.test(rawBody.toString('latin1'));
}

/**
 * Whether a request is a delivery that a store signed: HMAC-SHA256 of the raw bytes with the shop's own secret, base64,
 * in `x-wc-webhook-signature`. Header names are lower case.
 *
 * WooCommerce's own delivery id has a granularity of one second, so that it tells nothing. A body that says when its
 * thing was modified is known by (webhook, body), which holds the thing's id; any other is always news: `deliveryId`
 * null. The payload is built when it is sent, so that its receipt is its time: `triggeredAt` null.
 */
export function verifyWooCommerce(
  headers: IncomingHttpHeaders,
  rawBody: Buffer,
  secret: string | undefined,
): Verified | Ping | Refusal {
  if (isPing(headers, rawBody)) return { ok: true, ping: true };
  const signature = header(headers, 'x-wc-webhook-signature');
  if (signature === null) return refused('The request carries no WooCommerce signature.');
  // An empty secret would make a signature that anybody can compute.
  if (secret === undefined || secret === '') return refused('The shop has no webhook secret.');
  const expected = createHmac('sha256', secret).update(rawBody).digest('base64');
  if (!safeEqual(signature, expected)) return refused('The signature does not match the body.');
  const topic = stripNul(header(headers, 'x-wc-webhook-topic') ?? '');
  const once = !ALWAYS_NEWS.test(topic) && rawBody.includes(MODIFIED);
  const webhook = stripNul(header(headers, 'x-wc-webhook-id') ?? '');
  const deliveryId = once ? hash('sha256', Buffer.concat([Buffer.from(`${webhook}\n`), rawBody]), 'hex') : null;
  return { ok: true, topic, deliveryId, triggeredAt: null };
}
