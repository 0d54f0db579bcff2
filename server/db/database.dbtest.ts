import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { accountIn, putAccount } from '../points/points.repository.ts';
import { pointsTransactions } from '../points/points.tables.ts';
import { shops } from '../shops/shops.tables.ts';
import { shopsList } from '../shops/shops.usecases.ts';
import { testShop, testWorld, type World } from './testing.ts';

const account = (shopId: number) => ({
  shopId,
  customerId: 'c',
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

let world: World;
beforeEach(async () => {
  world = await testWorld();
});
afterEach(() => world.close());

describe('transactions', () => {
  test('what a failed transaction wrote is gone', async () => {
    const id = await testShop(world);
    const work = world.db.transaction(async (tx) => {
      await tx.update(shops).set({ name: 'half' });
      throw new Error('stop');
    });
    await expect(work).rejects.toThrow('stop');
    const [row] = await world.db.read.select({ id: shops.id, name: shops.name }).from(shops);
    expect(row).toEqual({ id, name: null });
  });

  test('a transaction inside a transaction is refused instead of waiting for itself', async () => {
    const nested = world.db.transaction(async () => world.db.transaction(async () => 1));
    await expect(nested).rejects.toMatchObject({ code: 'database.nested' });
  });

  test('a write that fails without being waited for fails its transaction, and is what it fails with', async () => {
    const id = await testShop(world);
    const work = world.inShop(id, async (scope) => {
      await putAccount(scope, account(id), false);
      await putAccount(scope, account(id), false);
      // Whether or not the failure has been seen by now, this does not count.
      await putAccount(scope, { ...account(id), customerId: 'other' }, false);
    });
    const error = await work.catch((caught: unknown) => caught);
    expect(error).toMatchObject({ code: 'database.failed', retryable: false });
    // The cause, not what later statements of the broken transaction say.
    expect((error as Error).message).toMatch(/23505|SQLITE_CONSTRAINT/);
    expect(await accountIn(world.db.read, id, 'c')).toBeNull();
    expect(await accountIn(world.db.read, id, 'other')).toBeNull();
  });

  test('a failure that the work overlooks never passes for a commit', async () => {
    const id = await testShop(world);
    const work = world.db.transaction(async (tx) => {
      await tx.update(shops).set({ name: 'new' });
      await Promise.resolve(execute(tx, 'select nothing from nowhere')).catch(() => undefined);
    });
    await expect(work).rejects.toMatchObject({ code: 'database.failed' });
    const [row] = await world.db.read.select({ id: shops.id, name: shops.name }).from(shops);
    expect(row).toEqual({ id, name: null });
  });

  test('a write that fails before it is sent fails its transaction whole', async () => {
    const id = await testShop(world);
    const { hash: _hash, ...incomplete } = account(id);
    const work = world.inShop(id, async (scope) => {
      await scope.tx.update(shops).set({ name: 'half' });
      await putAccount(scope, { ...account(id), customerId: 'other' }, false);
      await putAccount(scope, incomplete as ReturnType<typeof account>, false);
    });
    await expect(work).rejects.toThrow();
    const [row] = await world.db.read.select({ id: shops.id, name: shops.name }).from(shops);
    expect(row).toEqual({ id, name: null });
    expect(await accountIn(world.db.read, id, 'other')).toBeNull();
  });

  test('what was written is read again in the same transaction', async () => {
    const id = await testShop(world);
    const read = await world.inShop(id, async (scope) => {
      await putAccount(scope, account(id), false);
      await putAccount(scope, { ...account(id), available: 8 }, true);
      return accountIn(scope.tx, id, 'c');
    });
    expect(read).toEqual({ ...account(id), available: 8 });
    expect(await accountIn(world.db.read, id, 'c')).toEqual(read);
  });

  test('after a failure the next transaction works', async () => {
    await expect(world.db.transaction(async () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    await testShop(world);
    expect(await shopsList(world)).toHaveLength(1);
  });

  test('writers of one shop take turns', async () => {
    const id = await testShop(world);
    const order: string[] = [];
    const slow = world.db.transaction(
      async (tx) => {
        // On PostgreSQL the turn is waited for by the first statement, not by the code before it.
        await tx.select().from(shops);
        order.push('a');
        await tx.select().from(shops);
        order.push('a again');
      },
      { shop: id },
    );
    const quick = world.db.transaction(
      async (tx) => {
        await tx.select().from(shops);
        order.push('b');
      },
      { shop: id },
    );
    await Promise.all([slow, quick]);
    expect(['a,a again,b', 'b,a,a again']).toContain(order.join(','));
  });

  test('a statement that the database refuses becomes our error, without its values', async () => {
    await testShop(world);
    const twice = world.db.transaction((tx) =>
      execute(tx, "insert into shops (id, domain) values (1, 'secret@example.test')"),
    );
    const error = await twice.catch((caught: unknown) => caught);
    expect(String((error as Error).message)).not.toContain('secret@example.test');
  });
});

describe('the ledger is append-only in the database itself', () => {
  test.each([
    'update points_transactions set kind = kind',
    'delete from points_transactions',
    'update points_postings set amount = 1',
    'delete from points_postings',
    'delete from program_versions',
  ])('%s is refused', async (statement) => {
    const id = await testShop(world);
    await world.db.transaction((tx) =>
      tx.insert(pointsTransactions).values({
        shopId: id,
        customerId: 'c',
        seq: 1,
        kind: 'earn',
        idempotencyKey: 'k',
        inputHash: 'h',
        orderId: null,
        ruleVersion: null,
        reference: null,
        effectiveAt: 0,
        postedAt: 0,
        hash: 'h',
      }),
    );
    await world.db.transaction((tx) =>
      execute(
        tx,
        "insert into points_postings (shop_id, customer_id, seq, line, account, amount) values (1, 'c', 1, 0, 'issued', 0)",
      ),
    );
    const change = world.db.transaction((tx) => execute(tx, statement));
    await expect(change).rejects.toMatchObject({ code: 'database.failed' });
  });
});

/** Raw SQL on either driver: drizzle's SQLite calls it `run`, PostgreSQL's `execute`. */
async function execute(tx: unknown, text: string): Promise<unknown> {
  const raw = tx as { execute?: (query: unknown) => Promise<unknown>; run?: (query: unknown) => Promise<unknown> };
  return (raw.execute ?? raw.run)?.call(raw, sql.raw(text));
}
