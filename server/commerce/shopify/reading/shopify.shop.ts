import { z } from 'zod';
import type { Change, Delivery } from '../../commerce.types.ts';
import { toCurrency } from '../../fields.ts';
import { country, instant, list, need, shaped, text } from './shopify.fields.ts';

const scopesShape = z.object({ current: list(text(100)), updated_at: instant });

const shopShape = z.object({
  name: text(255),
  currency: text(3),
  iana_timezone: text(64),
  primary_locale: text(35),
  country_code: country,
  updated_at: instant,
});

/** `app/uninstalled`, dated by the delivery: the shop's own times say nothing of it. */
export const readUninstalled = (_body: unknown, delivery: Delivery): Change[] => [
  { kind: 'uninstalled', at: delivery.triggeredAt },
];

/** `app/scopes_update`. @throws DeliveryRefused without the list of scopes */
export function readScopes(body: unknown, delivery: Delivery): Change[] {
  const payload = shaped(scopesShape, body, 'scopes');
  const scopes = need(payload.current ?? null, 'scopes', 'current', 'a list').filter((scope) => scope !== null);
  return [{ kind: 'scopes', scopes, at: payload.updated_at ?? delivery.triggeredAt }];
}

/** A zone that this machine knows; local days are computed with it, so an unknown one is worse than the old one. */
function zoneOf(zone: string | null): string | null {
  if (zone === null) return null;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone && zone;
  } catch {
    return null;
  }
}

/** `shop/update`: each field null when it is absent or unusable, which means that it stays. */
export function readShop(body: unknown, delivery: Delivery): Change[] {
  const payload = shaped(shopShape, body, 'shop');
  return [
    {
      kind: 'shop',
      name: payload.name,
      currency: toCurrency(payload.currency),
      timeZone: zoneOf(payload.iana_timezone),
      locale: payload.primary_locale,
      country: payload.country_code,
      at: payload.updated_at ?? delivery.triggeredAt,
    },
  ];
}
