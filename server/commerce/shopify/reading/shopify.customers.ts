import { z } from 'zod';
import type { Change, Delivery, ShopContext } from '../../commerce.types.ts';
import { customerConsents, emailConsentShape, smsConsentShape } from './shopify.consents.ts';
import { customerOf, customerShape } from './shopify.contacts.ts';
import { gid, idOf, ids, instant, list, need, shaped, text } from './shopify.fields.ts';
import { versionOf } from './shopify.money.ts';

const WHAT = 'customer';

const fullShape = customerShape.extend({
  accepts_marketing: z.unknown().optional(),
  accepts_marketing_updated_at: instant,
  email_marketing_consent: emailConsentShape,
  sms_marketing_consent: smsConsentShape,
});

const mergeShape = z.object({
  admin_graphql_api_customer_kept_id: gid,
  admin_graphql_api_customer_deleted_id: gid,
  status: text(40),
});

const tagsShape = z.object({ customerId: gid, tags: list(text(255)), occurredAt: instant });

/**
 * `customers/create|update`: the customer, and the consents that payloads from before 2025-01 carry. A payload without
 * its own time is older than any with one. @throws DeliveryRefused without an id
 */
export function readCustomer(body: unknown, delivery: Delivery, shop: ShopContext): Change[] {
  const payload = shaped(fullShape, body, WHAT);
  const customer = need(customerOf(payload, shop), WHAT, 'id', 'an id');
  const version = versionOf(delivery, payload.updated_at ?? payload.created_at ?? 0);
  return [{ kind: 'customer', customer, version }, ...customerConsents(payload, customer)];
}

/** `customers/delete`, dated by the delivery. @throws DeliveryRefused without an id */
export function readCustomerDeleted(body: unknown, delivery: Delivery): Change[] {
  const platformId = need(idOf(shaped(z.object(ids), body, WHAT)), WHAT, 'id', 'an id');
  return [{ kind: 'customer-deleted', platformId, at: delivery.triggeredAt }];
}

/** `customers/merge`: only a completed merge changes anything. @throws DeliveryRefused when that does not name both */
export function readMerge(body: unknown, delivery: Delivery): Change[] {
  const what = 'customer merge';
  const payload = shaped(mergeShape, body, what);
  const status = payload.status ?? 'unknown';
  if (status.toLowerCase() !== 'completed')
    return [{ kind: 'ignored', reason: `Only completed merges matter; this one is "${status}".` }];
  return [
    {
      kind: 'customers-merged',
      kept: need(payload.admin_graphql_api_customer_kept_id, what, 'admin_graphql_api_customer_kept_id', 'a gid'),
      gone: need(payload.admin_graphql_api_customer_deleted_id, what, 'admin_graphql_api_customer_deleted_id', 'a gid'),
      at: delivery.triggeredAt,
    },
  ];
}

/** `customer.tags_added` (present) and `customer.tags_removed`. @throws DeliveryRefused without a customer or tags */
export const readTags =
  (present: boolean) =>
  (body: unknown, delivery: Delivery): Change[] => {
    const payload = shaped(tagsShape, body, 'tag change');
    const tags = need(payload.tags ?? null, 'tag change', 'tags', 'a list').filter((tag) => tag !== null);
    return [
      {
        kind: 'tags',
        platformId: need(payload.customerId, 'tag change', 'customerId', 'a gid'),
        tags,
        present,
        at: payload.occurredAt ?? delivery.triggeredAt,
      },
    ];
  };
