import type { Shop } from './shops.types.ts';

/** The time zone that was in force at an instant: a change applies from then on, local days already written stay. */
export function zoneAt(shop: Pick<Shop, 'zones' | 'timeZone'>, instant: number): string {
  let zone = shop.zones[0]?.timeZone ?? shop.timeZone;
  for (const entry of shop.zones) {
    if (entry.fromAt > instant) break;
    zone = entry.timeZone;
  }
  return zone;
}

/** What `shop update` may take over from the platform; the newest word by its own time wins. */
export type Profile = {
  name: string | null;
  currency: string | null;
  timeZone: string | null;
  locale: string | null;
  country: string | null;
};

/** The part of a profile that is said and differs. */
export function profileChange(shop: Shop, profile: Profile): Partial<Record<keyof Profile, string>> {
  const fields: (keyof Profile)[] = ['name', 'currency', 'timeZone', 'locale', 'country'];
  return Object.fromEntries(
    fields.flatMap((field) =>
      profile[field] !== null && profile[field] !== shop[field] ? [[field, profile[field]]] : [],
    ),
  );
}

/** What a shop without access to its platform has. */
export const NO_TOKENS = {
  accessToken: null,
  accessExpiresAt: null,
  refreshToken: null,
  refreshExpiresAt: null,
  previousRefreshToken: null,
  refreshLeaseUntil: null,
  accessRefusedAt: null,
};
