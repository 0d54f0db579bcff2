import { afterAll, describe, expect, it } from 'vitest';
import type { OrderState } from '../commerce/commerce.types.ts';
import { csvOf, NEW_YORK, scratchFolder } from './imports.fixtures.ts';
import type { ReadProgress } from './imports.types.ts';
import { type ImportDeps, importOrders, nextCost } from './imports.usecases.ts';

const files = scratchFolder();
afterAll(files.remove);

const HEADER = ['order_id', 'customer', 'email', 'created_at', 'total', 'currency'];
const row = (order: number | string) => ({
  order_id: order,
  customer: 1,
  email: 'ann@example.test',
  created_at: '2020-01-01',
  total: '10.00',
  currency: 'USD',
});

/** A shop that remembers what was recorded; `slow` milliseconds pass with every order. */
function memoryShop(slow = 0) {
  const known = new Map<string, string>();
  const batches: number[] = [];
  const options: { earns: boolean }[] = [];
  const record: ImportDeps['record'] = async (orders: OrderState[], given) => {
    batches.push(orders.length);
    options.push(given);
    const until = performance.now() + slow * orders.length;
    while (performance.now() < until);
    let created = 0;
    for (const { platformId, version } of orders) {
      if (known.get(platformId) !== version.bodyHash) created += 1;
      known.set(platformId, version.bodyHash);
    }
    return { created, unchanged: orders.length - created };
  };
  return { known, batches, options, deps: { shop: NEW_YORK, record } };
}

const SIMPLE = { format: 'simple-csv', earns: false, dryRun: false } as const;

describe('importOrders', () => {
  it('tells what it read, made, refused and found already there', async () => {
    const rows = [row(1), { ...row(2), total: 'x' }, row(3), row('a'), { ...row(''), total: '1' }, row(1)];
    const file = files.write(csvOf(HEADER, rows), { gz: true });
    const shop = memoryShop();
    const report = await importOrders(shop.deps, { ...SIMPLE, file, earns: true });
    expect(report).toMatchObject({
      rows: 6,
      orders: 3,
      created: 3,
      unchanged: 1,
      refused: 2,
      refusals: [
        { line: 3, reason: '"x" in "total" is not an amount.' },
        { line: 6, reason: 'The row does not say which order it belongs to.' },
      ],
    });
    expect(report.seconds).toBeGreaterThan(0);
    expect(report.peakMemoryMb).toBeGreaterThan(10);
    expect(shop.options).toEqual([{ earns: true }]);
    expect(await importOrders(shop.deps, { ...SIMPLE, file })).toMatchObject({ orders: 3, created: 0, unchanged: 4 });
  });

  it('checks everything and records nothing in a dry run', async () => {
    const shop = memoryShop();
    const file = files.write(csvOf(HEADER, [row(1), { ...row(2), total: '' }]));
    const report = await importOrders(shop.deps, { ...SIMPLE, file, dryRun: true });
    expect(report).toMatchObject({ rows: 2, orders: 1, created: 0, unchanged: 0, refused: 1 });
    expect(shop.batches).toEqual([]);
  });

  it('names the first hundred refusals and counts them all', async () => {
    const file = files.write(
      csvOf(
        HEADER,
        Array.from({ length: 150 }, (_, index) => ({ ...row(index), total: '' })),
      ),
    );
    const { refused, refusals } = await importOrders(memoryShop().deps, { ...SIMPLE, file });
    expect([refused, refusals.length, refusals.at(-1)?.line]).toEqual([150, 100, 101]);
  });

  it('records in larger batches while they are quick, and lets others run in between', async () => {
    const file = files.write(
      csvOf(
        HEADER,
        Array.from({ length: 4000 }, (_, index) => row(index + 1)),
      ),
    );
    const quick = memoryShop();
    const progress: ReadProgress[] = [];
    let turns = 0;
    const beat = setInterval(() => {
      turns += 1;
    }, 0);
    await importOrders(quick.deps, { ...SIMPLE, file, onProgress: (at) => progress.push(at) });
    clearInterval(beat);
    expect(quick.batches[0]).toBe(50);
    expect(Math.max(...quick.batches)).toBeGreaterThan(100);
    expect(Math.max(...quick.batches)).toBeLessThanOrEqual(500);
    expect(turns).toBeGreaterThan(2);
    expect(progress.at(-1)).toMatchObject({ rows: 4000 });
    expect(progress.at(-1)?.bytes).toBe(progress.at(-1)?.totalBytes);
    expect(quick.known.size).toBe(4000);
  });

  it('records in smaller batches when they are slow', async () => {
    const file = files.write(
      csvOf(
        HEADER,
        Array.from({ length: 150 }, (_, index) => row(index + 1)),
      ),
    );
    const slow = memoryShop(4);
    await importOrders(slow.deps, { ...SIMPLE, file });
    expect(slow.batches[0]).toBe(50);
    for (const size of slow.batches.slice(1)) expect(size).toBeLessThanOrEqual(20);
  });

  it('goes by the time of the transaction itself where it is told', async () => {
    const file = files.write(
      csvOf(
        HEADER,
        Array.from({ length: 300 }, (_, index) => row(index + 1)),
      ),
    );
    const { batches, deps } = memoryShop(1);
    const record: ImportDeps['record'] = async (...given) => ({ ...(await deps.record(...given)), ms: 1 });
    await importOrders({ ...deps, record }, { ...SIMPLE, file });
    expect(batches.slice(0, 3)).toEqual([50, 75, 113]);
  });

  it('passes on what goes wrong with the database, and refuses a wrong file before it writes', async () => {
    const file = files.write(csvOf(HEADER, [row(1)]));
    const record = () => Promise.reject(new Error('disk full'));
    await expect(importOrders({ shop: NEW_YORK, record }, { ...SIMPLE, file })).rejects.toThrow('disk full');
    await expect(importOrders(memoryShop().deps, { ...SIMPLE, file, format: 'shopify-csv' })).rejects.toMatchObject({
      code: 'imports.header',
    });
  });
});

describe('nextCost', () => {
  it('shrinks with what was too slow, grows with what was quick, and keeps to its bounds', () => {
    expect(nextCost(300, 300, 80)).toBe(120);
    expect(nextCost(150, 150, 5)).toBe(225);
    expect(nextCost(150, 150, 30)).toBe(165);
    expect(nextCost(150, 150, 39)).toBe(150);
    expect(nextCost(150, 10, 5)).toBe(150);
    expect(nextCost(1500, 1500, 1)).toBe(1500);
    expect(nextCost(60, 60, 9000)).toBe(60);
    expect(nextCost(150, 5000, 45)).toBe(150);
  });

  it('comes back from a disk that was slow for a while', () => {
    let limit = 1500;
    for (let count = 0; count < 50; count += 1) limit = nextCost(limit, limit, 500);
    expect(limit).toBe(60);
    for (let count = 0; count < 50; count += 1) limit = nextCost(limit, limit, 22 + limit / 100);
    expect(limit).toBeGreaterThan(900);
  });
});
