import type { Tx } from '../db/database.ts';
import { isValidZone, startOfDay } from '../shared/calendar.ts';
import type { Clock } from '../shared/clock.ts';
import type { Vault } from '../shared/crypto.ts';
import { badRequest, conflict } from '../shared/errors.ts';
import { insertShop, updateShop } from './shops.repository.ts';
import { NO_TOKENS } from './shops.rules.ts';
import type { Shop } from './shops.types.ts';

export type NewShop = {
  platform: Shop['platform'];
  domain: string;
  currency: string;
  timeZone: string;
  /** Local day on which the program begins; left out: now. */
  programStart?: string | undefined;
  webhookSecret?: string | undefined;
};

const DOMAIN = /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*(:\d{1,5})?$/;

/**
 * Writes the row of a shop that is new, without a program.
 * @returns its id
 * @throws AppError shops.invalid, shops.exists
 */
export async function createShop(
  tx: Tx,
  { clock, vault }: { clock: Clock; vault: Vault },
  input: NewShop,
): Promise<number> {
  const domain = input.domain.trim().toLowerCase();
  if (!DOMAIN.test(domain))
    throw badRequest('shops.invalid', `"${input.domain}" is no host name.`, { field: 'domain' });
  const currency = input.currency.trim().toUpperCase();
  if (!/^[A-Z]{3}$/.test(currency)) {
    throw badRequest('shops.invalid', 'A currency is three letters, for example USD.', { field: 'currency' });
  }
  if (!isValidZone(input.timeZone)) {
    throw badRequest('shops.invalid', `"${input.timeZone}" is no IANA time zone.`, { field: 'timeZone' });
  }
  const now = clock.now();
  const programStart = input.programStart === undefined ? now : startOfDay(input.programStart, input.timeZone);
  const row = {
    platform: input.platform,
    domain,
    state: 'registered' as const,
    name: null,
    currency,
    timeZone: input.timeZone,
    locale: 'en',
    calendar: 'gregory' as const,
    country: null,
    programStart,
    scopes: null,
    ...NO_TOKENS,
    showToman: null,
    storeUrl: null,
    storeCurrency: null,
    webhooksStoppedAt: null,
    webhookSecret: null,
    profileUpdatedAt: 0,
    createdAt: now,
    installedAt: null,
    uninstalledAt: null,
    erasedAt: null,
  };
  const id = await insertShop(tx, row);
  if (id === null) throw conflict('shops.exists', `The shop ${domain} is registered already.`, { field: 'domain' });
  if (input.webhookSecret !== undefined) {
    await updateShop(tx, id, { webhookSecret: vault.seal(input.webhookSecret, `shop:${id}:webhook-secret`) });
  }
  return id;
}
