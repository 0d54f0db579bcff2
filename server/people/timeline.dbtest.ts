import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { recordConsent } from '../customers/customers.usecases.ts';
import { addNote } from '../customers/notes.usecases.ts';
import { dialect } from '../db/dialect.ts';
import { rowsOf } from '../db/testing.tables.ts';
import type { World } from '../db/testing.ts';
import type { TimelineItem } from '../features/timeline.rules.ts';
import { adjustPoints } from '../points/adjust.usecases.ts';
import { history } from '../points/histories.fixtures.ts';
import { DAY, program, START, spendRule } from '../points/points.fixtures.ts';
import { reverseAdjustment } from '../points/reverse.usecases.ts';
import { deliver, newShop, orderState, person, sharedWorlds, version } from '../points/world.fixtures.ts';
import { tiered } from '../tiers/world.fixtures.ts';
import { customerTimeline } from './timeline.usecases.ts';

const numRuns = dialect === 'sqlite' ? 40 : 6;
const worlds = sharedWorlds();
afterAll(() => worlds.close());

async function pages(world: World, shopId: number, id: string, limit: number): Promise<TimelineItem[]> {
  const shop = await world.inShop(shopId, async (scope) => scope.shop);
  const all: TimelineItem[] = [];
  let cursor: string | undefined;
  do {
    const page = await customerTimeline(world, shop, { id, cursor, limit });
    expect(page.items.length).toBeLessThanOrEqual(limit);
    all.push(...page.items);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return all;
}

type Row = Record<string, unknown>;

/** What there is to tell of a person, from the tables themselves; in no order. */
async function expected(world: World, shopId: number, people: readonly string[]): Promise<[string, unknown][]> {
  const mine = async (table: string) =>
    (await rowsOf(world, shopId, table)).filter((row) => people.includes(String(row.customerId)));
  const orders = await mine('orders');
  const facts = await rowsOf(world, shopId, 'order_facts');
  const refunds = orders.flatMap((order) =>
    facts
      .filter((fact) => fact.kind === 'refund' && fact.orderPlatformId === order.platformId)
      .filter((fact) => fact.inFull || (fact.asFact && Number(fact.at) >= Number(order.updatedAt)))
      .map((fact): [string, unknown] => [`refund:${order.id}:${fact.factId}`, fact.at]),
  );
  const inside = ({ kind, reference }: Row) =>
    String(kind).startsWith('transfer') && people.includes(String(reference));
  const accounts = (await rowsOf(world, shopId, 'customers')).filter(({ id }) => people.includes(String(id)));
  return [
    ...orders.map(({ id, placedAt }): [string, unknown] => [`order:${id}`, placedAt]),
    ...refunds,
    ...(await mine('points_transactions'))
      .filter((row) => !inside(row))
      .map(({ customerId, seq, effectiveAt }): [string, unknown] => [`points:${customerId}:${seq}`, effectiveAt]),
    ...(await mine('tier_moves')).map(({ id, at }): [string, unknown] => [`tier:${id}`, at]),
    ...(await mine('customer_consents')).map(({ channel, at }): [string, unknown] => [`consent:${channel}`, at]),
    ...(await mine('customer_notes')).map(({ id, at }): [string, unknown] => [`note:${id}`, at]),
    ...accounts.flatMap(({ id, registeredAt, mergedAt }): [string, unknown][] => [
      ...(registeredAt === null ? [] : [[`account:${id}:opened`, registeredAt] as [string, unknown]]),
      ...(mergedAt === null ? [] : [[`account:${id}:merged`, mergedAt] as [string, unknown]]),
    ]),
  ];
}

/** Each person of the shop, first, with everybody who was merged into them. */
async function peopleOf(world: World, shopId: number): Promise<string[][]> {
  const rows = await rowsOf(world, shopId, 'customers');
  const into = new Map(rows.map(({ id, mergedInto }) => [String(id), mergedInto === null ? null : String(mergedInto)]));
  const last = (id: string): string => {
    const next = into.get(id);
    return next ? last(next) : id;
  };
  const groups = new Map<string, string[]>();
  for (const id of into.keys()) groups.set(last(id), [...(groups.get(last(id)) ?? []), id]);
  return [...groups].map(([kept, all]) => [kept, ...all.filter((id) => id !== kept)]);
}

test(
  'a timeline has everything of a person once, in order, whatever the pages: merged accounts too',
  () =>
    fc.assert(
      fc.asyncProperty(history, fc.array(fc.nat(90), { maxLength: 8 }), async (one, days) => {
        const world = await worlds.next();
        const shopId = await newShop(world, one);
        for (const { word } of one.words) await world.inShop(shopId, (scope) => deliver(scope, word));
        for (const [id = ''] of await peopleOf(world, shopId)) {
          await world.inShop(shopId, async (scope) => {
            for (const day of days) {
              const note = { kind: 'call' as const, text: 'asked about tea', at: START + day * DAY };
              await addNote(scope, { customerId: id, note, actor: 'user:1' });
            }
            const consent = {
              channel: 'email',
              state: 'subscribed',
              at: START,
              source: 'form',
              evidence: null,
            } as const;
            await recordConsent(scope, id, consent);
          });
        }
        for (const people of await peopleOf(world, shopId)) {
          const wanted = await expected(world, shopId, people);
          const whole = await pages(world, shopId, people.at(-1) ?? '', 100);
          const told = whole.map(({ id, at }): [string, unknown] => [id, at]);
          expect(new Map(told)).toEqual(new Map(wanted));
          expect(told).toHaveLength(wanted.length);
          const times = whole.map(({ at }) => at);
          expect(times).toEqual([...times].sort((a, b) => b - a));
          for (const limit of [1, 3, 7]) expect(await pages(world, shopId, people[0] ?? '', limit)).toEqual(whole);
        }
      }),
      { numRuns },
    ),
  240_000,
);

test('says what each thing was', async () => {
  const world = await worlds.next();
  const levels = [
    { id: 'bronze', name: 'Bronze', threshold: 0 },
    { id: 'silver', name: 'Silver', threshold: 50 },
  ];
  const shopId = await newShop(world, { rules: tiered({ levels }, program([spendRule()]).earning) });
  const account = person({ platformId: '101', email: 'a@example.test', registeredAt: START - DAY });
  await world.inShop(shopId, async (scope) => {
    await deliver(scope, { kind: 'account', account, version: version(START) });
    await deliver(scope, { kind: 'order', order: orderState() });
    const refund = { platformId: 'r1', at: START + DAY, amount: 2_500, lines: [] };
    await deliver(scope, { kind: 'refund', orderId: '1', refund });
  });
  const [[id = ''] = []] = await peopleOf(world, shopId);
  world.clock.advance(2 * DAY);
  const made = await world.inShop(shopId, async (scope) => {
    const consent = { channel: 'sms', state: 'subscribed', at: START - 1, source: 'form', evidence: 'a tick' } as const;
    await recordConsent(scope, id, consent);
    await addNote(scope, { customerId: id, note: { kind: 'meeting', text: 'a talk' }, actor: 'user:1' });
    return adjustPoints(scope, { customerId: id, points: 5, reason: 'a cup', actor: 'user:1' });
  });
  world.clock.advance(DAY);
  const undone = await world.inShop(shopId, (scope) =>
    reverseAdjustment(scope, { customerId: id, adjustment: made.id, actor: 'user:1' }),
  );
  const told = (await pages(world, shopId, id, 3)).map(({ kind, at, facts }) => [kind, at - START, facts]);
  const number = '#1';
  expect(told).toMatchObject([
    ['points', 3 * DAY, { kind: 'adjust', available: -5, reverses: made.id, orderNumber: null }],
    [
      'points',
      2 * DAY,
      { kind: 'adjust', available: 5, reason: 'a cup', reversedBy: undone.id, adjustmentId: made.id },
    ],
    ['note', 2 * DAY, { kind: 'meeting', text: 'a talk', actor: 'user:1' }],
    ['refund', DAY, { number, amount: 25, currency: 'USD' }],
    ['tier', 0, { from: null, to: 'silver', reason: 'reached' }],
    ['points', 0, { kind: 'clawback', available: -25, orderNumber: number }],
    ['points', 0, { kind: 'earn', available: 100, orderNumber: number }],
    ['order', 0, { number, total: 100, currency: 'USD', counts: true, financial: 'paid' }],
    ['consent', -1, { channel: 'sms', state: 'subscribed', source: 'form', evidence: 'a tick' }],
    ['account', -DAY, { event: 'opened', id }],
  ]);
  expect(told).toHaveLength(10);
});
