import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { COFFEE, type Front, type Sent, TEA } from './commerce.fixtures.ts';

export type Battery = { open(): Promise<Front> };

const MINA = 'mina@example.test';
const REZA = 'reza@example.test';
const EVERYBODY = [MINA, REZA, 'sara@example.test', 'guest@example.test', 'later@example.test'];
const both = [
  { product: COFFEE, quantity: 2 },
  { product: TEA, quantity: 1 },
];

let front: Front;

/** What every platform has to bring about in the app, whatever words it has for it. Coffee costs 24 dollars, tea 11.50. */
export function commerceBattery(name: string, { open }: Battery): void {
  describe(`a shop on ${name}`, () => {
    beforeEach(async () => {
      front = await open();
    });
    afterEach(async () => {
      // Whatever happened: the ledger is right, and nothing that the platform sent could not be understood.
      const [faults, parked] = [await front.faults(), await front.parked()];
      await front.close();
      expect([faults, parked]).toEqual([[], []]);
    });
    purchases();
    people();
    roads();
  });
}

function purchases(): void {
  test('an order earns for its goods, once it is paid', async () => {
    await front.buy(MINA);
    expect(await front.points(MINA)).toBe(48);
    const id = await front.buy(REZA, { paid: false });
    expect([await front.points(REZA), await front.orders()]).toEqual([0, 1]);
    await front.pay(id);
    expect([await front.points(REZA), await front.orders()]).toEqual([48, 2]);
  });

  test('a cancelled order takes back what it gave, one that was never paid gives nothing', async () => {
    await front.cancel(await front.buy(MINA));
    await front.cancel(await front.buy(REZA, { paid: false }));
    expect([await front.points(MINA), await front.points(REZA), await front.orders()]).toEqual([0, 0, 0]);
  });

  test('goods that come back take back their share, and the rest takes the rest', async () => {
    const id = await front.buy(MINA, { lines: both });
    expect(await front.points(MINA)).toBe(59);
    await front.refund(id, [{ product: COFFEE, quantity: 1 }]);
    expect([await front.points(MINA), await front.orders()]).toEqual([35, 1]);
    await front.refund(id);
    expect([await front.points(MINA), await front.orders()]).toEqual([0, 0]);
  });

  test('a cart is no order until it is paid', async () => {
    const token = await front.abandon(MINA);
    expect([await front.points(MINA), await front.orders()]).toEqual([0, 0]);
    await front.complete(token);
    expect([await front.points(MINA), await front.orders()]).toEqual([24, 1]);
  });
}

function people(): void {
  test('a guest has points by the address, and keeps them as one person after registering', async () => {
    await front.buy(MINA, { guest: true });
    expect(await front.points(MINA)).toBe(48);
    await front.register(MINA);
    await front.buy(MINA);
    await front.buy(MINA, { guest: true });
    const { people: known, kpis } = await front.told(MINA);
    expect([known[MINA]?.available, kpis.customers, kpis.orders]).toEqual([3 * 48, 1, 3]);
  });

  test('tiers are reached at once, and earn more from then on', async () => {
    await front.useTiers();
    await front.buy(MINA, { lines: [{ product: COFFEE, quantity: 13 }] });
    expect([await front.points(MINA), await front.tier(MINA)]).toEqual([312, 'silver']);
    await front.buy(MINA);
    expect(await front.points(MINA)).toBe(312 + 72);
  });
}

/** Everything that can happen, told by one shop. */
export async function wholeStory(on: Front): Promise<void> {
  await on.useTiers();
  const [mina, reza, sara, guest, later] = EVERYBODY as [string, string, string, string, string];
  const first = await on.buy(mina, { lines: both });
  await on.buy(reza);
  await on.buy(sara, { lines: [{ product: COFFEE, quantity: 20 }] });
  await on.buy(guest, { guest: true });
  const unpaid = await on.buy(later, { paid: false });
  const gone = await on.buy(reza, { lines: both });
  await on.refund(first, [{ product: COFFEE, quantity: 1 }]);
  await on.pay(unpaid);
  await on.cancel(gone);
  await on.buy(sara);
  await on.refund(await on.buy(guest, { guest: true }));
  await on.register(guest);
  await on.complete(await on.abandon(mina));
  await on.cancel(await on.buy(later, { paid: false }));
}

/** What a story has brought about: the same whatever the platform and the way. */
export const outcome = (on: Front) => on.told(...EVERYBODY);

function roads(): void {
  test('duplicate and shuffled deliveries end the same', async () => {
    front.road.take('kept');
    await wholeStory(front);
    const kept = front.road.kept.splice(0);
    front.road.take('open');
    const order = fc.sample(shuffled(kept), { numRuns: 1, seed: 1_403_229 })[0] ?? [];
    expect(new Set(await front.deliver(order))).toEqual(new Set([200]));
    const out = await outcome(front);
    // What only the store itself can say is read there.
    await front.heal();
    expect((await outcome(front)).people).toEqual(out.people);
    expect(out.people[MINA]?.lifetimeEarned).toBe(59);
    expect(out.kpis.orders).toBe(7);
  });

  test('missed webhooks are healed by reconciliation', async () => {
    await front.buy(REZA);
    front.road.take('lost');
    await wholeStory(front);
    front.road.take('open');
    expect(await front.orders()).toBe(1);
    await front.heal();
    expect((await outcome(front)).kpis.orders).toBe(8);
    expect((await outcome(front)).people[MINA]).toMatchObject({ available: 59 });
  });

  test('a shop that left is answered and earns nothing', async () => {
    const id = await front.buy(MINA);
    front.road.take('kept');
    await front.buy(REZA);
    const kept = front.road.kept.splice(0);
    front.road.take('open');
    await front.leave();
    expect((await front.shop()).state).toBe('uninstalled');
    expect(new Set(await front.deliver(kept))).toEqual(new Set([200]));
    await front.refund(id);
    // Its data stays for a while.
    expect((await front.shop()).state).toBe('uninstalled');
    expect((await front.told(MINA)).people[MINA]).toBeDefined();
  });
}

/** Each delivery once or twice, in any order. */
const shuffled = (all: readonly Sent[]) =>
  fc
    .tuple(fc.shuffledSubarray([...all], { minLength: all.length }), fc.shuffledSubarray([...all]))
    .chain(([each, again]) => fc.shuffledSubarray([...each, ...again], { minLength: all.length + again.length }));
