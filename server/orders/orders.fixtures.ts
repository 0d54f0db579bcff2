import type { CustomerState, OrderLine, OrderState, Refund, Version } from '../commerce/commerce.types.ts';
import { dump } from '../db/testing.tables.ts';
import type { World } from '../db/testing.ts';
import { foldShop } from '../insights/fold.usecases.ts';
import { spoilNumbers } from '../insights/insights.fixtures.ts';
import { rebuildNumbers } from '../insights/rebuild.usecases.ts';
import { verifyLedger } from '../points/verify.usecases.ts';
import { recordOrder } from './orders.usecases.ts';

/** For tests only: an hour of the first of March 2025. */
export const at = (hour: number): number => Date.UTC(2025, 2, 1, hour);

export const version = (updatedAt: number, rest: Partial<Version> = {}): Version => ({
  updatedAt,
  triggeredAt: updatedAt,
  bodyHash: `hash-${updatedAt}`,
  ...rest,
});

export const person = (fields: Partial<CustomerState> = {}): CustomerState => ({
  platformId: null,
  email: null,
  phone: null,
  firstName: null,
  lastName: null,
  locale: null,
  country: null,
  note: null,
  registeredAt: null,
  ...fields,
});

export const line = (fields: Partial<OrderLine> = {}): OrderLine => ({
  platformId: '11',
  productId: '900',
  variantId: null,
  sku: null,
  title: 'Tea',
  vendor: null,
  quantity: 1,
  unitPrice: 10_000,
  discount: 0,
  taxIncluded: 0,
  giftCard: false,
  ...fields,
});

type Fields = Omit<Partial<OrderState>, 'customer'> & { customer?: CustomerState | null };

/** A paid order of 100.00 USD by the account 501, placed and updated at 10:00. */
export function orderState({
  customer = person({ platformId: '501', email: 'ada@example.test' }),
  ...fields
}: Fields = {}) {
  const known = fields.version ?? version(at(10));
  const order: OrderState = {
    platformId: '7001',
    number: '#1001',
    placedAt: at(10),
    paidAt: at(10),
    cancelledAt: null,
    financial: 'paid',
    test: false,
    currency: 'USD',
    total: 10_000,
    shipping: 0,
    tax: 0,
    discount: 0,
    creditPaid: 0,
    source: 'web',
    checkoutToken: null,
    discountCodes: [],
    fulfilledAt: null,
    lines: [line()],
    refunds: [],
    acceptsMarketing: false,
    version: known,
    customer: customer === null ? null : { ...customer, version: known },
    ...fields,
  };
  return order;
}

export const refund = (fields: Partial<Refund> = {}): Refund => ({
  platformId: '31',
  at: at(12),
  amount: 4_000,
  lines: [],
  ...fields,
});

export const record = (
  world: World,
  shopId: number,
  order: OrderState,
  origin?: { importId: string; earns: boolean },
) => world.inShop(shopId, (scope) => recordOrder(scope, order, origin));

/** The only order of a shop, or the one with this platform id. */
export async function theOrder(world: World, shopId: number, platformId?: string) {
  const rows = (await dump(world, shopId)).orders ?? [];
  const found = rows.filter((row) => platformId === undefined || row.platformId === platformId);
  if (found.length !== 1) throw new Error(`${found.length} orders instead of one`);
  return found[0] as Record<string, unknown>;
}

/** Points that a customer holds, by our id. */
export async function pointsOf(world: World, shopId: number, customerId: unknown): Promise<number> {
  const rows = (await dump(world, shopId)).points_accounts ?? [];
  return Number(rows.find((row) => row.customerId === customerId)?.available ?? 0);
}

const CACHES = ['customer_stats', 'insight_chunks', 'insight_channels', 'insight_points'];

/** What is kept up to date order by order beside what a rebuild makes of the same orders, and the ledger's own proof. */
export async function soundness(world: World, shopId: number) {
  const pick = (tables: Awaited<ReturnType<typeof dump>>) =>
    Object.fromEntries(CACHES.map((name) => [name, tables[name]?.map(({ revision: _revision, ...row }) => row)]));
  await foldShop(world, shopId, world.clock.now());
  const kept = pick(await dump(world, shopId));
  await spoilNumbers(world, shopId);
  await rebuildNumbers(world, shopId, world.clock.now());
  return { kept, rebuilt: pick(await dump(world, shopId)), ledger: await verifyLedger(world, shopId) };
}
