import type { LineMatch, ProgramRules } from '../contracts/program.ts';
import { customerById } from '../customers/customers.usecases.ts';
import type { OrderSeen, ProductSeen } from '../facts/facts.types.ts';
import { orderHistory } from '../orders/history.usecases.ts';
import { catalogueOf } from '../products/products.usecases.ts';
import type { Catalogue, EarningOrder } from '../program/eligible.rules.ts';
import { tiersPinned } from '../program/pins.usecases.ts';
import { looksAcross, type ProgramVersion, programVersions, versionAt } from '../program/program.usecases.ts';
import type { Scope } from '../shops/scope.ts';
import { zoneAt } from '../shops/shops.rules.ts';
import { lotsOfCustomer, lotsOfSource, lotsOfSources } from './points.repository.ts';
import { type AccountRow, isEarned, type Lot, type LotRow, lotName, type Target } from './points.types.ts';
import { accountOf, bringUpToDate, plain, settleAlone } from './post.usecases.ts';
import { isBehind, lastToClose, type Place } from './running.rules.ts';
import { forgetRunning, keepRunning, runningOf } from './running.usecases.ts';
import { byPlaced, signupTargets, type Terms, targetsFor } from './targets.rules.ts';
import { transferSource } from './transfer.usecases.ts';

/**
 * Makes the ledger hold what an order should have given by its latest state: only the difference to what it already holds
 * is posted, so late, repeated and contradicting deliveries end in the same balances and lots.
 */
export async function earnForOrder(scope: Scope, before: OrderSeen | null, after: OrderSeen): Promise<void> {
  const from = before?.customerId ?? null;
  const to = after.customerId;
  if (from !== null && to !== null && from !== to) {
    await transferSource(scope, from, to, after.id);
    if (await anyLooksAcross(scope)) await earnAgain(scope, from, before ? [before] : []);
  }
  if (to === null) return;
  if (await anyLooksAcross(scope)) return earnAgain(scope, to, from === to && before ? [before, after] : [after]);
  const tierOf = await tiersPinned(scope, to, [after], before === null);
  const targets = targetsFor([after], await terms(scope, [after], tierOf));
  // An order seen for the first time holds nothing yet.
  await meet(scope, to, targets, async () => (before === null ? [] : lotsOfSource(scope, after.id)));
}

/** The same for all that a customer did, after a merge. */
export async function earnForCustomer(scope: Scope, customerId: string): Promise<void> {
  await forgetRunning(scope, customerId);
  await earnAgain(scope, customerId, []);
}

/** The same where rules look across orders: for all orders of a customer that what is kept of them does not cover. */
async function earnAgain(scope: Scope, customerId: string, changed: readonly Place[]): Promise<void> {
  const { upTo, used } = await runningOf(scope, customerId, changed);
  const history = await orderHistory(scope, customerId, upTo?.placedAt);
  const orders = history.filter((order) => isBehind(order, upTo)).sort(byPlaced);
  const last = await terms(scope, orders, await tiersPinned(scope, customerId, orders));
  const end = lastToClose(orders);
  const closed = orders.filter((order) => end !== null && !isBehind(order, end));
  const targets = targetsFor(closed, last, used);
  if (end && (await anyLooksAcross(scope))) await keepRunning(scope, customerId, end, used);
  targets.push(...targetsFor(orders.slice(closed.length), last, used));
  const sources = new Set(orders.map((order) => order.id));
  await meet(scope, customerId, targets, async () =>
    (await lotsOf(scope, customerId, sources)).filter(
      (lot) => lot.customerId === customerId && sources.has(lot.source),
    ),
  );
}

const lotsOf = (scope: Scope, customerId: string, sources: ReadonlySet<string>): Promise<LotRow[]> =>
  sources.size > MANY ? lotsOfCustomer(scope, customerId) : lotsOfSources(scope, [...sources]);

/** Sources whose lots are looked up one by one at most. */
const MANY = 100;

/**
 * The sign-up bonus of a customer, once for a person however many accounts were merged.
 * @param merged true: what another account got is among the customer's lots since, and is to be taken back
 * @returns whether anything was posted
 */
export async function earnForSignup(scope: Scope, customerId: string, merged = false): Promise<boolean> {
  const rules = (await programVersions(scope)).flatMap(({ rules: { earning } }) => earning);
  const ids = new Set(rules.filter((rule) => rule.type === 'signup').map((rule) => rule.id));
  if (!rules.some((rule) => rule.type === 'signup' && rule.enabled)) return false;
  const customer = await customerById(scope, customerId);
  if (!customer) return false;
  const lots = () => (merged ? lotsOfCustomer(scope, customer.id) : lotsOfSource(scope, customer.id));
  const held = async () => (await lots()).filter((lot) => ids.has(lot.rule) && lot.customerId === customer.id);
  return meet(scope, customer.id, signupTargets(customer, await terms(scope, [])), held);
}

async function anyLooksAcross(scope: Scope): Promise<boolean> {
  return (await programVersions(scope)).some(({ rules }) => looksAcross(rules));
}

async function terms(
  scope: Scope,
  orders: readonly EarningOrder[],
  tierOf: Terms['tierOf'] = () => null,
): Promise<Terms> {
  const versions = await programVersions(scope);
  return {
    programStart: scope.shop.programStart,
    zoneAt: (instant) => zoneAt(scope.shop, instant),
    versionAt: (instant) => versionAt(versions, instant),
    catalogue: await catalogueNeeded(scope, versions, orders),
    tierOf,
  };
}

const unknown: Catalogue = () => undefined;

/** The catalogue is asked only when a rule speaks of collections or product types. */
async function catalogueNeeded(scope: Scope, versions: ProgramVersion[], orders: readonly EarningOrder[]) {
  if (!versions.some(({ rules }) => asksCatalogue(rules))) return unknown;
  const ids = orders.flatMap((order) => order.lines.flatMap((line) => line.productId ?? []));
  return catalogueOf(scope, ids);
}

/**
 * Whether another word of a product can change what orders earned that nothing else has changed: where rules look across
 * orders, the catalogue of today decides for all of them.
 */
export async function outdatesEarned(scope: Scope, before: ProductSeen | null, after: ProductSeen): Promise<boolean> {
  const said = (product: ProductSeen | null) => JSON.stringify([product?.type ?? null, product?.collections ?? []]);
  if (said(before) === said(after)) return false;
  return (await anyLooksAcross(scope)) && (await programVersions(scope)).some(({ rules }) => asksCatalogue(rules));
}

function asksCatalogue({ earning }: ProgramRules): boolean {
  const asks = (match: LineMatch | null) => match !== null && match.collections.length + match.types.length > 0;
  return earning.some(
    (rule) =>
      (rule.type === 'multiplier' && asks(rule.only)) ||
      (rule.type === 'spend' && (asks(rule.only) || asks(rule.except))),
  );
}

type Held = () => Promise<LotRow[]>;

/**
 * Posts the differences between targets and held lots, one transaction an order.
 * @returns whether there were any
 */
export async function meet(scope: Scope, customerId: string, targets: Target[], held: Held): Promise<boolean> {
  const wanted = differences(targets, await held());
  if (wanted.length === 0) return false;
  const known = await accountOf(scope, customerId);
  let account = await bringUpToDate(scope, known);
  // What has come due since moves the very lots that were just read.
  const groups = account === known ? wanted : differences(targets, await held());
  for (const group of bySource(groups)) account = await postGroup(scope, account, group);
  return true;
}

type Wanted = { before: Lot | null; after: Lot; target: Target | null };

/** A held lot that no rule speaks of any more should have given nothing. */
function differences(targets: Target[], held: LotRow[]): Wanted[] {
  const lots = new Map(held.filter(isEarned).map((row) => [lotName(row), plain(row)]));
  const wanted: Wanted[] = [];
  for (const target of targets) {
    const before = lots.get(lotName(target)) ?? null;
    lots.delete(lotName(target));
    if (before === null ? target.points === 0 : sameTerms(before, target)) continue;
    wanted.push({ before, after: lotFor(before, target), target });
  }
  for (const before of lots.values()) {
    if (before.granted !== 0) wanted.push({ before, after: { ...before, granted: 0 }, target: null });
  }
  return wanted;
}

const sameTerms = (lot: Lot, target: Target): boolean =>
  lot.granted === target.points &&
  // A lot of nothing keeps whatever dates it had.
  (target.points === 0 || (lot.availableAt === target.availableAt && lot.termEndsAt === target.expiresAt));

function lotFor(before: Lot | null, target: Target): Lot {
  const { source, rule, points, availableAt, expiresAt } = target;
  const empty = { pending: 0, available: 0, reserved: 0, redeemed: 0, removed: 0, expired: 0 };
  const dates = { availableAt, expiresAt, termEndsAt: expiresAt };
  return { ...empty, source, rule, ...(before ?? {}), ...dates, granted: points };
}

function bySource(wanted: Wanted[]): Wanted[][] {
  const groups = new Map<string, Wanted[]>();
  for (const item of wanted) groups.set(item.after.source, [...(groups.get(item.after.source) ?? []), item]);
  return [...groups.values()];
}

async function postGroup(scope: Scope, account: AccountRow, group: Wanted[]): Promise<AccountRow> {
  const gain = group.reduce((sum, { before, after }) => sum + after.granted - (before?.granted ?? 0), 0);
  const target = group.find((item) => item.target)?.target;
  const operation = {
    customerId: account.customerId,
    kind: gain < 0 ? ('clawback' as const) : ('earn' as const),
    orderId: target?.orderId ?? null,
    ruleVersion: target?.ruleVersion ?? null,
    effectiveAt: target?.effectiveAt ?? scope.now,
  };
  return settleAlone(scope, account, operation, group);
}
