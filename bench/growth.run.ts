// Part of growth.bench.ts: what an order costs for a customer with ten orders and for one with thousands, while a rule, tiers or spends make the
// customer's other orders matter. Works on the empty shop that DATABASE_URL names. Prints JSON.
import { createCore, drainDeps } from '../server/app.ts';
import { processConfig } from '../server/config.ts';
import { type ProgramRules, programRules } from '../server/contracts/program.ts';
import { findCustomerByName } from '../server/customers/lookup.usecases.ts';
import { drainInbox } from '../server/inbox/drain.usecases.ts';
import { insertDelivery } from '../server/inbox/inbox.repository.ts';
import { redeemPoints, reservePoints } from '../server/points/spend.usecases.ts';
import { defineProgram } from '../server/program/program.usecases.ts';
import { testClock } from '../server/shared/clock.ts';
import { openScope } from '../server/shops/scope.usecases.ts';
import { shopByName } from '../server/shops/shops.usecases.ts';
import { makeOrder, SHOP, webhookId } from './orders.ts';

const [situation = 'plain', many = '10000', fresh = '400', rounds = '3'] = process.argv.slice(2);
/** The customers with ten orders each; the one with thousands is number 0. */
const FEW = 10;
const PEOPLE = 400;
const PIECE = 500;

const SPEND = { id: 'spend', type: 'spend', points: 1, per: 100 };
const LEVELS = [
  { id: 'bronze', name: 'Bronze', threshold: 0 },
  { id: 'silver', name: 'Silver', threshold: 50_000, percent: 125 },
  { id: 'gold', name: 'Gold', threshold: 150_000, percent: 150 },
];
const tiers = { enabled: true, metric: 'spend', window: 'rolling-12-months', graceDays: 0, levels: LEVELS };
const program = (earning: object[], more: object = {}) => programRules.parse({ earning, clawback: 'debt', ...more });
const PROGRAMS: Record<string, ProgramRules> = {
  plain: program([SPEND]),
  caps: program([{ ...SPEND, caps: { day: 500, lifetime: 90_000_000 } }]),
  nth: program([SPEND, { id: 'eleventh', type: 'nth', n: 11, points: 100 }]),
  tiers: program([SPEND], { tiers }),
  earned: program([SPEND], { tiers: { ...tiers, metric: 'earned' } }),
  spends: program([SPEND]),
  all: program([{ ...SPEND, caps: { day: 500, lifetime: null } }], { tiers }),
};

// Time goes with the orders, or each would have been placed before the spend.
const clock = testClock(0);
const core = { ...(await createCore(processConfig())), clock };
const shop = await shopByName(core, SHOP);
let next = 0;

/** Paid orders of some customers, in turn, as pending deliveries. */
async function fill(customers: readonly number[]): Promise<void> {
  for (let at = 0; at < customers.length; at += PIECE) {
    await core.db.transaction(async (tx) => {
      for (const customer of customers.slice(at, at + PIECE)) {
        const order = makeOrder(next, 1, customer);
        const about = { topic: 'orders/paid', triggeredAt: order.at + 2_000, receivedAt: order.at + 3_000 };
        const names = { shopId: shop.id, id: core.ids.next(), deliveryId: webhookId(1, next) };
        await insertDelivery(tx, { ...names, ...about, body: order.body });
        next += 1;
        clock.set(order.at + 5_000);
      }
    });
  }
}

const inShop = <T>(work: (scope: Awaited<ReturnType<typeof openScope>>) => Promise<T>) =>
  core.db.transaction(async (tx) => work(await openScope(tx, shop.id, core.clock.now(), core)), { shop: shop.id });

/** @returns microseconds of processor an order */
async function drained(customers: readonly number[]): Promise<number> {
  await fill(customers);
  const cpu = process.cpuUsage();
  const applied = await drainInbox(drainDeps(core), shop.id);
  const { user, system } = process.cpuUsage(cpu);
  if (applied !== customers.length) throw new Error(`applied ${applied} of ${customers.length}`);
  return (user + system) / applied;
}

async function spend(customer: number): Promise<void> {
  const name = makeOrder(0, 1, customer).customerId;
  const customerId = await findCustomerByName(core, shop, name);
  if (customerId === null) throw new Error(`no customer ${name}`);
  await inShop(async (scope) => {
    await reservePoints(scope, { id: `spend-${customer}`, customerId, amount: 50 });
    await redeemPoints(scope, `spend-${customer}`);
  });
}

const people = Array.from({ length: PEOPLE }, (_, index) => index + 1);
const before = [...Array.from({ length: FEW }, () => people).flat(), ...Array.from({ length: Number(many) }, () => 0)];
// The orders of both lie in the same months.
const mixed = before.map((_, index) => before[(index * 7_919) % before.length] as number);
await drained(mixed);
const rules = PROGRAMS[situation];
if (!rules) throw new Error(`no situation ${situation}`);
await inShop((scope) => defineProgram(scope, { actor: 'bench', rules }));
if (situation === 'spends') for (const customer of [0, ...people]) await spend(customer);
// What a new version or a spend makes be looked at anew is looked at once.
await drained([0, ...people]);
const few: number[] = [];
const lots: number[] = [];
for (let round = 0; round < Number(rounds); round += 1) {
  few.push(await drained(people.slice(0, Number(fresh))));
  lots.push(await drained(Array.from({ length: Number(fresh) }, () => 0)));
}
process.stdout.write(JSON.stringify({ few, many: lots }));
await core.db.close();
