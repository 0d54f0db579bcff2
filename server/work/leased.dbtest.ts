import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { testShop, testWorld, type World } from '../db/testing.ts';
import { createLeasedEngine, type Leased, LetGo, type Limits, ONE_BY_ONE, type Queue } from './leased.engine.ts';

type Row = { shop: number; id: string; fence: string | null; attempts: number; dueAt: number | null; log: string[] };

const LEASE_MS = 60_000;
/** A look waits for what it began. */
const PATIENT: Limits = { perShop: 2, perProcess: 3, sliceMs: 60_000, patienceMs: 60_000 };
/** A look leaves alone what does not end at once. */
const HASTY: Limits = { perShop: 2, perProcess: 3, sliceMs: 60_000, patienceMs: 5 };

let world: World;
let shop: number;
let rows: Map<string, Row>;
beforeEach(async () => {
  world = await testWorld();
  shop = await testShop(world);
  rows = new Map();
});
afterEach(() => world.close());

/** Rows in memory: what the engine asks of a table is all it knows of it. */
const queue: Queue<Row> = {
  leaseOf: ({ id, fence, attempts }) => ({ id, fence, attempts }),
  due: async (_db, of, now, limit) => {
    const due = [...rows.values()].filter((row) => row.shop === of && row.dueAt !== null && row.dueAt <= now);
    return due.slice(0, limit).map((row) => ({ ...row }));
  },
  nextDue: async (_db, of) => {
    const due = [...rows.values()].flatMap((row) => (row.shop === of && row.dueAt !== null ? [row.dueAt] : []));
    return due.length === 0 ? null : Math.min(...due);
  },
  find: async (_tx, _shop, id) => rows.get(id) ?? null,
  hold: async (_scope, id, { fence, until, attempts }) =>
    Object.assign(rows.get(id) ?? {}, { fence, dueAt: until, attempts }),
  renew: async (_scope, id, until) => Object.assign(rows.get(id) ?? {}, { dueAt: until }),
};

const add = (id: string, of = shop): void => {
  rows.set(id, { shop: of, id, fence: null, attempts: 0, dueAt: world.clock.now(), log: [] });
};
const log = (id: string) => rows.get(id)?.log;

function engine(work: Leased<Row, string>['work'], over: Partial<Leased<Row, string>> = {}, limits = PATIENT) {
  const waked: number[] = [];
  const kind: Leased<Row, string> = {
    name: 'test',
    queue,
    leaseMs: LEASE_MS,
    admit: async () => true,
    work,
    settle: async ({ now }, row, outcome) => {
      const again = !outcome.ok && !(outcome.error instanceof LetGo);
      const said = outcome.ok ? outcome.result : (outcome.error as Error).constructor.name;
      row.log.push(said);
      Object.assign(row, { fence: null, dueAt: outcome.ok ? null : now + (again ? 5_000 : 0) });
    },
    ...over,
  };
  const wake = (of: number): void => void waked.push(of);
  return { ...createLeasedEngine({ ...world, wake }, kind, limits), waked };
}

/** Work that ends when it is told. */
function gate() {
  const begun: string[] = [];
  const open = new Map<string, () => void>();
  const work = ({ id }: Row): Promise<string> => {
    begun.push(id);
    return new Promise((resolve) => open.set(id, () => resolve('done')));
  };
  return { begun, work, finish: (id: string) => open.get(id)?.() };
}

describe('rows that are due', () => {
  test('are each worked on once, and those that fail again when they are due', async () => {
    for (const id of ['a', 'b', 'c']) add(id);
    let failures = 1;
    const { drain, idle } = engine(async ({ id }, { attempt }) => {
      if (id === 'b' && failures-- > 0) throw new TypeError('no');
      return `done ${attempt}`;
    });
    expect(await drain(shop)).toBe(3);
    await idle();
    expect([log('a'), log('b'), log('c')]).toEqual([['done 1'], ['TypeError'], ['done 1']]);
    world.clock.advance(5_000);
    await drain(shop);
    expect(log('b')).toEqual(['TypeError', 'done 2']);
  });

  test('are passed over where they are settled at the door', async () => {
    for (const id of ['a', 'b', 'c']) add(id);
    const { drain } = engine(async () => 'done', {
      admit: async (_scope, row) => {
        if (row.id === 'c') return true;
        Object.assign(rows.get(row.id) ?? {}, { dueAt: null });
        return false;
      },
    });
    expect(await drain(shop)).toBe(1);
    expect([log('a'), log('b'), log('c')]).toEqual([[], [], ['done']]);
  });

  test('are no more in hand at once than a shop and a process may have', async () => {
    const other = await testShop(world, { domain: 'other.example.test' });
    for (const id of ['a', 'b', 'c']) add(id);
    for (const id of ['x', 'y', 'z']) add(id, other);
    const { begun, work, finish } = gate();
    const { drain, idle, waked } = engine(work, {}, HASTY);
    await drain(shop);
    await drain(other);
    expect(begun).toEqual(['a', 'b', 'x']);
    finish('b');
    await nextTurn();
    while (waked.length === 0) await nextTurn();
    expect(waked).toEqual([shop]);
    await drain(other);
    expect(begun).toEqual(['a', 'b', 'x', 'y']);
    for (const id of ['a', 'x', 'y']) finish(id);
    await idle();
    expect([log('a'), log('b'), log('c')]).toEqual([['done'], ['done'], []]);
  });

  test('what is due again by the end of a look, or soon after it, wakes its shop', async () => {
    add('a');
    let times = 0;
    const { drain, waked } = engine(async () => `${++times}`, {
      settle: async (_scope, row, outcome) => {
        row.log.push(outcome.ok ? outcome.result : 'no');
        Object.assign(row, { fence: null, dueAt: world.clock.now() + (times === 1 ? 1 : 0) });
      },
    });
    await drain(shop, () => times === 1);
    expect(waked).toEqual([]);
    while (waked.length === 0) await nextTurn();
    world.clock.advance(1);
    await drain(shop, () => times === 2);
    expect([waked, log('a')]).toEqual([
      [shop, shop],
      ['1', '2'],
    ]);
  });

  test('a look waits for room in the process, and the first that waits is the first to have it', async () => {
    const others = [
      await testShop(world, { domain: 'one.example.test' }),
      await testShop(world, { domain: 'two.example.test' }),
    ];
    const [one = 0, two = 0] = others;
    for (const id of ['a', 'b']) add(id);
    add('x', one);
    add('y', two);
    const { begun, work, finish } = gate();
    const { drain, idle } = engine(work, {}, { ...HASTY, perProcess: 2 });
    await drain(shop);
    const looks = [drain(one), drain(two)];
    await nextTurn();
    expect(begun).toEqual(['a', 'b']);
    finish('a');
    while (begun.length < 3) await nextTurn();
    expect(begun).toEqual(['a', 'b', 'x']);
    finish('x');
    while (begun.length < 4) await nextTurn();
    for (const id of ['b', 'y']) finish(id);
    await Promise.all(looks);
    await idle();
    expect(begun).toEqual(['a', 'b', 'x', 'y']);
  });

  test('a shop whose last one failed has one at a time, until one goes well', async () => {
    for (const id of ['a', 'b', 'c', 'd']) add(id);
    let inHand = 0;
    const most: number[] = [];
    let broken = true;
    const { drain, idle } = engine(async () => {
      inHand += 1;
      most.push(inHand);
      await nextTurn();
      inHand -= 1;
      if (broken) throw new Error('away');
      return 'done';
    });
    await drain(shop);
    await idle();
    expect(most).toEqual([1, 2, 1, 1]);
    broken = false;
    world.clock.advance(5_000);
    await drain(shop);
    await idle();
    expect([most[4], Math.max(...most.slice(5))]).toEqual([1, 2]);
  });
});

describe('a lease', () => {
  test('that is over lets another worker have the row, and the first changes nothing any more', async () => {
    add('a');
    const { begun, work, finish } = gate();
    const first = engine(work, {}, HASTY);
    await first.drain(shop);
    const second = engine(async () => 'second');
    await second.drain(shop);
    expect([begun, log('a')]).toEqual([['a'], []]);
    world.clock.advance(LEASE_MS);
    await second.drain(shop);
    finish('a');
    await first.idle();
    expect([log('a'), rows.get('a')?.attempts]).toEqual([['second'], 2]);
  });

  test('tells the next one that its holder died', async () => {
    add('a');
    const { work } = gate();
    await engine(work, {}, HASTY).drain(shop);
    world.clock.advance(LEASE_MS);
    const deaths: boolean[] = [];
    const next = engine(async () => 'done', { admit: async (_scope, _row, dead) => deaths.push(dead) > 0 });
    await next.drain(shop);
    expect([deaths, log('a')]).toEqual([[true], ['done']]);
  });

  test('of this process’ own is not over, however far the clock is put ahead', async () => {
    add('a');
    const { begun, work, finish } = gate();
    const { drain, idle } = engine(work, {}, HASTY);
    await drain(shop);
    world.clock.advance(30 * 86_400_000);
    add('b');
    await drain(shop);
    expect(begun).toEqual(['a', 'b']);
    for (const id of ['a', 'b']) finish(id);
    await idle();
    expect([log('a'), log('b')]).toEqual([['done'], ['done']]);
  });

  test('is renewed by work that writes, which writes nothing once it is lost', async () => {
    add('a');
    const written: boolean[] = [];
    const { begun, work, finish } = gate();
    const first = engine(
      async (row, { write }) => {
        await work(row);
        written.push(await write(async () => log('a')?.push('piece')));
        await work({ ...row, id: 'again' });
        written.push(await write(async () => log('a')?.push('piece')));
        return 'done';
      },
      {},
      HASTY,
    );
    await first.drain(shop);
    world.clock.advance(LEASE_MS - 1);
    finish('a');
    while (!begun.includes('again')) await nextTurn();
    expect(rows.get('a')?.dueAt).toBe(world.clock.now() + LEASE_MS);
    world.clock.advance(LEASE_MS);
    await engine(async () => 'second').drain(shop);
    finish('again');
    await first.idle();
    expect([written, log('a')]).toEqual([
      [true, false],
      ['piece', 'second'],
    ]);
  });

  test('outlives every call: one that takes longer is given up, and one that cannot be is not begun', async () => {
    add('a');
    const late = engine(() => new Promise(() => undefined), { callMs: () => 5 });
    await late.drain(shop);
    await late.idle();
    expect(log('a')).toEqual(['TimedOut']);
    add('b');
    let begun = 0;
    // Whoever claimed it was held up until little of the lease was left.
    const slow: Queue<Row> = {
      ...queue,
      hold: async (scope, id, lease) => {
        await queue.hold(scope, id, lease);
        world.clock.advance(LEASE_MS - 4_000);
      },
    };
    const held = engine(async () => `${++begun}`, { queue: slow, callMs: () => 20_000 });
    await held.drain(shop, () => log('b')?.length === 1);
    await held.idle();
    expect([log('b'), begun]).toEqual([['LetGo'], 0]);
  });
});

describe('the end', () => {
  test('what works on its rows one by one is waited for, and lets go when the app stops', async () => {
    for (const id of ['a', 'b']) add(id);
    let stops = false;
    const begun: string[] = [];
    const files = engine(
      async ({ id }, { stopping }) => {
        begun.push(id);
        while (!stopping()) await nextTurn();
        throw new LetGo();
      },
      {},
      ONE_BY_ONE,
    );
    const working = files.drain(shop, () => stops);
    for (let turns = 0; turns < 20; turns += 1) await nextTurn();
    stops = true;
    expect([await working, begun, log('a'), log('b')]).toEqual([1, ['a'], ['LetGo'], []]);
  });

  test('an outcome that cannot be recorded leaves the row to its dead lease', async () => {
    add('a');
    const { drain, idle } = engine(async () => 'done', { settle: () => Promise.reject(new Error('no database')) });
    await drain(shop);
    await idle();
    expect([log('a'), rows.get('a')?.fence !== null, rows.get('a')?.dueAt]).toEqual([
      [],
      true,
      world.clock.now() + LEASE_MS,
    ]);
  });

  test('nobody is waked after a stop', async () => {
    add('a');
    const { work, finish } = gate();
    const { drain, stop, waked } = engine(work, {}, HASTY);
    await drain(shop);
    const stopped = stop();
    finish('a');
    await stopped;
    expect([waked, log('a')]).toEqual([[], ['done']]);
  });
});
