import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { accountIn, putAccount } from '../points/points.repository.ts';
import type { Scope } from '../shops/scope.ts';
import { shops, shopZones } from '../shops/shops.tables.ts';
import type { Tx } from './database.ts';
import { testShop, testWorld, type World } from './testing.ts';

let world: World;
let id: number;
beforeEach(async () => {
  world = await testWorld();
  id = await testShop(world);
});
afterEach(() => world.close());

const account = (customerId: string) => ({
  shopId: id,
  customerId,
  pending: 0,
  available: 7,
  reserved: 0,
  lifetimeEarned: 7,
  spends: 0,
  spentAt: null,
  reachedAt: null,
  dueAt: null,
  seq: 1,
  hash: 'h',
});

/** A zone that the shop has already: a unique key refuses it. */
const zoneAgain = (tx: Tx) => tx.insert(shopZones).values({ shopId: id, fromAt: 0, timeZone: 'UTC' });
const rename = (tx: Tx, name: string) => tx.update(shops).set({ name });
const read = (tx: Tx) => tx.select({ name: shops.name }).from(shops);
const failing = (tx: Tx) => tx.select({ no: sql`no_such_column` }).from(shops);
const REFUSED = { code: 'database.failed', message: expect.stringMatching(/23505|SQLITE_CONSTRAINT/) };

/** The codes in what an error was made from: the database's own stands last. */
function reasons(error: unknown): string {
  const found: unknown[] = [];
  for (let at = error; at instanceof Error; at = at.cause) found.push((at as Error & { code?: unknown }).code);
  return found.join(' ');
}

async function nothingWritten(): Promise<void> {
  expect(await world.db.read.select({ name: shops.name }).from(shops)).toEqual([{ name: null }]);
  expect(await accountIn(world.db.read, id, 'c')).toBeNull();
  // The connection is as good as before.
  await world.db.transaction((tx) => rename(tx, 'next'));
  expect(await world.db.read.select({ name: shops.name }).from(shops)).toEqual([{ name: 'next' }]);
}

describe('a transaction in which a statement has failed can only roll back', () => {
  test('where the failure was caught: the commit fails with it', async () => {
    const work = world.db.transaction(async (tx) => {
      await rename(tx, 'half');
      await zoneAgain(tx).catch(() => undefined);
    });
    await expect(work).rejects.toMatchObject(REFUSED);
    await nothingWritten();
  });

  test('where it was caught and something else is tried in its place: each later statement says what the first failure was', async () => {
    const later: string[] = [];
    const note = (error: unknown) => later.push(reasons(error));
    const work = world.inShop(id, async ({ tx }) => {
      await zoneAgain(tx).catch(note);
      await rename(tx, 'instead').catch(note);
      await read(tx).catch(note);
      await accountIn(tx, id, 'c').catch(note);
    });
    await expect(work).rejects.toMatchObject(REFUSED);
    expect(later).toHaveLength(4);
    for (const reason of later) expect(reason).toMatch(/23505|SQLITE_CONSTRAINT/);
    await nothingWritten();
  });

  test('where the work makes another error of it, too: the failure is what it ends with', async () => {
    const work = world.db.transaction(async (tx) => {
      await rename(tx, 'half');
      await zoneAgain(tx).catch(() => {
        throw new Error('the zone is there already');
      });
    });
    await expect(work).rejects.toMatchObject(REFUSED);
    await nothingWritten();
  });

  test('where nobody waited for the write', async () => {
    const work = world.inShop(id, async (scope) => {
      await rename(scope.tx, 'half');
      await putAccount(scope, account('c'), false);
      // Whether it throws now or later is the database's affair.
      const write = async () => putAccount(scope, account('c'), false);
      void write().catch(() => undefined);
    });
    await expect(work).rejects.toMatchObject(REFUSED);
    await nothingWritten();
  });

  test('where nobody waited for it, and the work noticed only that nothing goes on', async () => {
    const work = world.inShop(id, async (scope) => {
      const ignore = () => undefined;
      await putAccount(scope, account('c'), false);
      await putAccount(scope, account('c'), false).catch(ignore);
      // A read waits for everything that was sent before it.
      await accountIn(scope.tx, id, 'c').catch(ignore);
      await putAccount(scope, account('other'), false).then(
        () => expect.unreachable(),
        (error: unknown) => expect(reasons(error)).toMatch(/23505|SQLITE_CONSTRAINT/),
      );
    });
    await expect(work).rejects.toMatchObject(REFUSED);
    await nothingWritten();
  });

  test('where it never got as far as the database', async () => {
    const { hash: _hash, ...incomplete } = account('c');
    const half = async (scope: Scope) => putAccount(scope, incomplete as ReturnType<typeof account>, false);
    const work = world.inShop(id, async (scope) => {
      await rename(scope.tx, 'half');
      await half(scope).catch(() => undefined);
    });
    await expect(work).rejects.toThrow(/hash/);
    await nothingWritten();
  });

  test('where it only read', async () => {
    const work = world.db.transaction(async (tx) => {
      await rename(tx, 'half');
      await Promise.resolve()
        .then(() => failing(tx))
        .catch(() => undefined);
    });
    await expect(work).rejects.toMatchObject({ code: 'database.failed' });
    await nothingWritten();
  });

  test('so does what reads one state', async () => {
    const work = world.db.snapshot(async (tx) => {
      await Promise.resolve()
        .then(() => failing(tx))
        .catch(() => undefined);
      return 'read';
    });
    await expect(work).rejects.toMatchObject({ code: 'database.failed' });
    expect(await world.db.snapshot(async (tx) => read(tx))).toEqual([{ name: null }]);
  });

  test('a conflict that is expected is no failure', async () => {
    const made = await world.db.transaction(async (tx) => {
      const rows = await zoneAgain(tx).onConflictDoNothing().returning({ fromAt: shopZones.fromAt });
      await rename(tx, 'next');
      return rows;
    });
    expect(made).toEqual([]);
    expect(await world.db.read.select({ name: shops.name }).from(shops)).toEqual([{ name: 'next' }]);
  });

  test('outside of a transaction each statement stands for itself', async () => {
    await expect(Promise.resolve().then(() => failing(world.db.read))).rejects.toThrow();
    expect(await read(world.db.read)).toEqual([{ name: null }]);
  });
});
