import fc from 'fast-check';
import { type ProgramRules, programRules } from '../contracts/program.ts';
import { DAY, HOUR, START } from '../points/points.fixtures.ts';
import { orderLine, orderState, person, version, type Word } from '../points/world.fixtures.ts';

/** For tests only: one thing that happens in a shop. */
export type Step =
  | { kind: 'word'; word: Word }
  | { kind: 'reserve'; id: string; amount: number; who: string }
  | { kind: 'redeem' | 'release'; id: string }
  | { kind: 'adjust'; points: number; who: string }
  | { kind: 'product'; id: string; collections: string[] }
  | { kind: 'program'; rules: ProgramRules; back: number }
  | { kind: 'jobs' };
export type Timed = { at: number; step: Step };

const level = (id: string, threshold: number, more: object = {}) => ({ id, name: id, threshold, ...more });
const LEVELS = [
  level('bronze', 0),
  level('silver', 150, { percent: 150, entryBonus: 20 }),
  level('gold', 600, { percent: 200, entryBonus: 30 }),
];
const SCALES = { earned: 1, spend: 100, orders: 0.02 };

const terms = fc.record({
  holdDays: fc.constantFrom(0, 0, 0, 7),
  expiryMonths: fc.constantFrom(null, null, null, 1),
});
const often = fc.integer({ min: 0, max: 2 }).map((one) => one > 0);

/** Rules most of which look across orders, and tiers. */
const rules: fc.Arbitrary<ProgramRules> = fc
  .record({
    terms,
    caps: fc.record({ day: fc.constantFrom(null, 120, 250), lifetime: fc.constantFrom(null, null, 900) }),
    n: fc.integer({ min: 2, max: 7 }),
    extra: fc.subarray(['each', 'nth', 'signup', 'catalogue', 'goods'], { minLength: 1 }),
    metric: fc.constantFrom('earned', 'earned', 'spend', 'orders'),
    window: fc.constantFrom('lifetime', 'rolling-12-months', 'rolling-12-months', 'calendar-year'),
    graceDays: fc.constantFrom(0, 3),
    tiered: often,
    clawback: fc.constantFrom('debt', 'debt', 'absorb'),
  })
  .map(({ terms: dates, caps, n, extra, metric, window, graceDays, tiered, clawback }) => {
    const more: Record<string, object> = {
      each: { id: 'each', type: 'order', points: 10, ...dates },
      nth: { id: 'nth', type: 'nth', n, points: 100, ...dates },
      signup: { id: 'signup', type: 'signup', points: 60 },
      catalogue: { id: 'catalogue', type: 'multiplier', percent: 300, only: { collections: ['c'] } },
      goods: { id: 'goods', type: 'multiplier', percent: 200, only: { products: ['p1'] } },
    };
    const scale = SCALES[metric as keyof typeof SCALES];
    const levels = LEVELS.map((one) => ({ ...one, threshold: one.threshold * scale }));
    const earning = [
      { id: 'spend', type: 'spend', points: 1, per: 100, caps, ...dates },
      ...extra.map((id) => more[id]),
    ];
    const tiers = { enabled: tiered, metric, window, graceDays, levels };
    return programRules.parse({ earning, clawback, tiers });
  });

const who = fc.constantFrom('101', '101', '101', '102');
const days = fc.oneof(fc.nat(20), fc.nat(20), fc.nat(500));
const by = (name: string) => ({ platformId: name, email: `${name}@example.test` });

/** An order, and what is heard of it later. */
const bought = fc
  .record({
    day: days,
    hour: fc.constantFrom(0, 6, 12),
    who,
    dollars: fc.integer({ min: 1, max: 200 }),
    product: fc.constantFrom('p1', 'p2', 'p3'),
    paidLater: fc.constantFrom(0, 0, 0, 5, 24 * 3),
    next: fc.constantFrom('nothing', 'nothing', 'nothing', 'refund', 'deleted', 'other', 'less'),
    nextAfter: fc.constantFrom(1, 24, 24 * 10),
  })
  .map((one) => (id: string): Timed[] => {
    const placedAt = START + one.day * DAY + one.hour * HOUR;
    const paidAt = placedAt + one.paidLater * HOUR;
    const at = paidAt + one.nextAfter * HOUR;
    const payload = (fields: object): Word => ({
      kind: 'order',
      order: orderState({
        platformId: id,
        number: `#${id}`,
        placedAt,
        lines: [orderLine({ productId: one.product, unitPrice: one.dollars * 100 })],
        by: by(one.who),
        ...fields,
      }),
    });
    const paid = payload({ paidAt, version: version(paidAt) });
    const later: Record<string, Word> = {
      refund: {
        kind: 'refund',
        orderId: id,
        refund: { platformId: `r${id}`, at, amount: one.dollars * 60, lines: [] },
      },
      deleted: { kind: 'deleted', orderId: id, at },
      other: payload({ paidAt, by: by('102'), version: version(at) }),
      less: payload({ paidAt, lines: [orderLine({ unitPrice: one.dollars * 40 })], version: version(at) }),
    };
    const told: { at: number; word: Word }[] = [{ at: paidAt, word: paid }];
    if (one.paidLater > 0) {
      const open = payload({ paidAt: null, financial: 'pending', version: version(placedAt) });
      told.unshift({ at: placedAt, word: open });
    }
    const more = later[one.next];
    if (more) told.push({ at, word: more });
    return told.map(({ at: when, word }) => ({ at: when, step: { kind: 'word', word } }));
  });

const account = (name: string, registeredAt: number): Step => ({
  kind: 'word',
  word: { kind: 'account', account: person({ ...by(name), registeredAt }), version: version(registeredAt) },
});

/** What else happens. */
const event: fc.Arbitrary<Timed> = fc
  .record({
    day: days,
    kind: fc.constantFrom(
      'reserve',
      'reserve',
      'redeem',
      'release',
      'adjust',
      'product',
      'account',
      'merge',
      'jobs',
      'program',
    ),
    id: fc.constantFrom('s1', 's2', 's3'),
    amount: fc.integer({ min: 1, max: 150 }),
    who,
    given: fc.boolean(),
    rules,
    back: fc.constantFrom(0, 5 * DAY, 15 * DAY),
  })
  .map(({ day, kind, id, amount, who: name, given, rules: next, back }) => {
    const at = START + day * DAY + 3 * HOUR;
    const steps: Record<string, Step> = {
      reserve: { kind: 'reserve', id, amount, who: name },
      redeem: { kind: 'redeem', id },
      release: { kind: 'release', id },
      adjust: { kind: 'adjust', points: given ? amount : -amount, who: name },
      product: { kind: 'product', id: `p${(amount % 3) + 1}`, collections: given ? ['c'] : [] },
      account: account(name, at),
      merge: { kind: 'word', word: { kind: 'merge', kept: '101', gone: '102' } },
      program: { kind: 'program', rules: next, back },
    };
    return { at, step: steps[kind] ?? { kind: 'jobs' } };
  });

/**
 * A shop's life: orders of two customers, close together, with refunds, changed minds and spends, a merge, new versions of the
 * program and words of products; most of it told in order, some late, some twice, now and then by a clock that runs behind.
 */
export const life = fc
  .record({
    rules,
    orders: fc.array(bought, { minLength: 3, maxLength: 14 }),
    events: fc.array(event, { maxLength: 10 }),
    delays: fc.array(fc.constantFrom(0, 0, 0, 0, 0, 0, 0, 1, 24, 24 * 20), { minLength: 5, maxLength: 20 }),
    again: fc.array(fc.nat(100), { maxLength: 2 }),
    back: fc.constantFrom(0, 0, 2 * HOUR, 12 * DAY),
    open: fc.record({ least: fc.nat(1), more: fc.nat(2) }),
  })
  .map(({ rules: first, orders, events, delays, again, back, open }) => {
    const told = orders.flatMap((make, n) => make(String(n + 9)));
    told.push(...again.flatMap((n) => told[n % told.length] ?? []), ...events);
    const heard = told.map(({ at, step }, n) => ({ at: at + (delays[n % delays.length] ?? 0) * HOUR, step }));
    heard.sort((a, b) => a.at - b.at);
    const steps = heard.map(({ at, step }, n) => ({ step, at: n % 5 === 4 ? at - back : at }));
    return { rules: first, steps, open };
  });
