import { z } from 'zod';
import type { Change, Delivery } from '../../commerce.types.ts';
import { MAX_ENTRIES, toText } from '../../fields.ts';
import { idOf, ids, need, shaped, strictInstant, text } from './shopify.fields.ts';
import { versionOf } from './shopify.money.ts';

const WHAT = 'product';

const productShape = z.object({
  ...ids,
  title: text(500),
  product_type: text(255),
  vendor: text(255),
  tags: z.unknown().optional(),
  status: text(40),
  created_at: strictInstant,
  updated_at: strictInstant,
});

/** Tags come as one text with commas between them, in other places as a list. */
function tagsOf(tags: unknown): string[] {
  const entries: unknown[] = typeof tags === 'string' ? tags.split(',') : Array.isArray(tags) ? tags : [];
  return entries.slice(0, MAX_ENTRIES).flatMap((tag) => toText(tag, 255) ?? []);
}

/** `products/create|update`. @throws DeliveryRefused without an id or a time */
export function readProduct(body: unknown, delivery: Delivery): Change[] {
  const payload = shaped(productShape, body, WHAT);
  const createdAt = need(payload.created_at ?? payload.updated_at, WHAT, 'created_at', 'a time');
  return [
    {
      kind: 'product',
      product: {
        platformId: need(idOf(payload), WHAT, 'id', 'an id'),
        title: payload.title ?? '',
        type: payload.product_type,
        vendor: payload.vendor,
        tags: tagsOf(payload.tags),
        state: payload.status ?? 'active',
        createdAt,
        version: versionOf(delivery, payload.updated_at ?? createdAt),
      },
    },
  ];
}

/** `products/delete`, dated by the delivery. @throws DeliveryRefused without an id */
export function readProductDeleted(body: unknown, delivery: Delivery): Change[] {
  const platformId = need(idOf(shaped(z.object(ids), body, WHAT)), WHAT, 'id', 'an id');
  return [{ kind: 'product-deleted', platformId, at: delivery.triggeredAt }];
}
