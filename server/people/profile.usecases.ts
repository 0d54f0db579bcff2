import { unknownCustomer } from '../customers/customers.errors.ts';
import { findRow, listConsents, rowsMergedInto } from '../customers/customers.queries.ts';
import type { CustomerRow } from '../customers/customers.types.ts';
import { notesOf } from '../customers/notes.usecases.ts';
import { tagsOf } from '../customers/tags.usecases.ts';
import type { Database } from '../db/database.ts';
import { foldSome } from '../insights/fold.usecases.ts';
import { boughtBy } from '../insights/members.usecases.ts';
import { ordersShown } from '../orders/history.usecases.ts';
import { balanceOf } from '../points/balance.usecases.ts';
import { lotsShown } from '../points/held.usecases.ts';
import { ledgerLines } from '../points/lines.usecases.ts';
import type { Clock } from '../shared/clock.ts';
import type { Ids } from '../shared/ids.ts';
import { minorDigits } from '../shared/money.ts';
import type { Reactions, Scope } from '../shops/scope.ts';
import type { Shop } from '../shops/shops.types.ts';
import { tierProgress } from '../tiers/progress.usecases.ts';
import { tierDetails } from '../tiers/shown.usecases.ts';
import { nameOf } from './list.usecases.ts';
import { customerScore } from './score.usecases.ts';

type Deps = { db: Database; clock: Clock; ids: Ids; reactions: Reactions };

const LAST_ORDERS = 10;
const NOTES = 50;

/** The row that one of our ids leads to: whoever was merged away leads to who took them over. @throws customers.unknown */
async function rowOf({ tx, shop }: Pick<Scope, 'tx' | 'shop'>, id: string): Promise<CustomerRow> {
  let row = await findRow(tx, shop.id, id);
  while (row?.mergedInto) row = await findRow(tx, shop.id, row.mergedInto);
  if (!row) throw unknownCustomer();
  return row;
}

/**
 * The row of the customer whom one of our ids means now, and those of everybody who was merged into them.
 * @throws AppError customers.unknown
 */
export async function wholeRows(
  ledger: Pick<Scope, 'tx' | 'shop'>,
  id: string,
): Promise<[CustomerRow, ...CustomerRow[]]> {
  const row = await rowOf(ledger, id);
  return [row, ...(await rowsMergedInto(ledger, row.id))];
}

/** The customer whom one of our ids means now. @throws AppError customers.unknown */
export const customerMeant = async (ledger: Pick<Scope, 'tx' | 'shop'>, id: string): Promise<string> =>
  (await rowOf(ledger, id)).id;

/**
 * All that the merchant sees of one customer: contact, balance, tier, what they bought, and a page of their ledger before a
 * line (null: from the newest).
 * @throws AppError customers.unknown
 */
export async function customerProfile(
  deps: Deps,
  shop: Shop,
  { id: asked, ledgerBefore, ledgerLimit }: { id: string; ledgerBefore: number | null; ledgerLimit: number },
) {
  const { db, clock } = deps;
  const ledger = { tx: db.read, shop };
  const people = await wholeRows(ledger, asked);
  const [row] = people;
  const asOf = await foldSome(deps, shop.id, clock.now());
  const { id, platformId, email, phone, firstName, lastName, locale, country, registeredAt, createdAt } = row;
  const { tier: _tier, ...points } = await balanceOf({ db, clock }, shop, id);
  const lines = await ledgerLines({ db }, shop.id, id, ledgerBefore, ledgerLimit + 1);
  const shown = lines.slice(0, ledgerLimit);
  const consents = await listConsents(ledger, id);
  const notes = await notesOf({ db }, shop.id, id, { at: Number.MAX_SAFE_INTEGER, id: null, limit: NOTES + 1 });
  const bought = (await boughtBy(db, shop, [id]))(id);
  const subscribed = consents.filter(({ state }) => state === 'subscribed').length;
  return {
    asOf,
    id,
    platformId,
    email,
    phone,
    name: nameOf(row),
    firstName,
    lastName,
    locale,
    country,
    registeredAt,
    createdAt,
    points,
    tier: await tierDetails(ledger, id, clock.now()),
    tierProgress: await tierProgress(ledger, id, clock.now()),
    stats: bought,
    score: await customerScore({ db, clock }, shop, { bought, account: registeredAt !== null, subscribed }),
    consents: consents.map(({ channel, state, at, source, evidence }) => ({ channel, state, at, source, evidence })),
    tags: await tagsOf(ledger, id),
    notes: notes.slice(0, NOTES),
    notesMore: notes.length > NOTES,
    ...(await lotsShown({ db, clock }, shop.id, id, new Map(people.map((one) => [one.id, one.registeredAt])))),
    lastOrders: await lastOrders(db, shop, id),
    ledger: { items: shown, nextCursor: lines.length > ledgerLimit ? String(shown.at(-1)?.seq) : null },
  };
}

async function lastOrders(db: Database, shop: Shop, id: string) {
  const rows = await ordersShown({ db }, shop.id, id, LAST_ORDERS);
  return rows.map(({ total, net, ...order }) => {
    const unit = 10 ** minorDigits(order.currency);
    return { ...order, total: total / unit, net: net / unit };
  });
}
