import { gzipSync } from 'node:zlib';
import supertest from 'supertest';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { importView } from '../contracts/activity.ts';
import { rowsOf } from '../db/testing.tables.ts';
import { testShop, testWorld, type World } from '../db/testing.ts';
import { csvOf } from '../imports/imports.fixtures.ts';
import { shopsToImport, workImports } from '../imports/work.usecases.ts';
import { retention } from '../schedule.ts';
import { type Api, sessionToken, testApi, withKey } from './api.fixtures.ts';

let world: World;
let api: Api;
beforeEach(async () => {
  world = await testWorld();
  api = await testApi(world);
});
afterEach(async () => {
  await api.stop();
  await world.close();
});

const HEADER = ['order_id', 'customer', 'email', 'created_at', 'total', 'currency'];
const order = (n: number, more: Record<string, string | number> = {}) => ({
  order_id: n,
  customer: n,
  email: `c${n}@example.test`,
  created_at: '2020-01-01',
  total: '10.00',
  currency: 'USD',
  ...more,
});
const csv = (count: number) =>
  csvOf(
    HEADER,
    Array.from({ length: count }, (_, n) => order(n + 1)),
  );

/** Brings a file in, as a page does: the file is the body. */
const bring = (body: string | Buffer, query = '', headers: Record<string, string> = {}) =>
  supertest(api.app.http)
    .post(`/api/v1/imports?format=simple-csv&file=orders.csv${query}`)
    .set({ authorization: `Bearer ${sessionToken()}`, 'content-type': 'text/csv', ...headers })
    .send(body);
const work = (stopping?: () => boolean) => workImports(world, api.shop, stopping);
const newest = async () => (await api.get('/imports')).body.items[0];
const pieces = () => rowsOf(world, api.shop, 'file_pieces');

describe('a file of orders', () => {
  test('is taken in, worked on in the background, and forgotten', async () => {
    const rows = [order(1), order(2, { total: 'x' }), order(3)];
    const { status, body } = await bring(csvOf(HEADER, rows));
    expect([status, importView.safeParse(body).error]).toEqual([202, undefined]);
    expect(body).toMatchObject({ file: 'orders.csv', state: 'running', progress: 0, earns: false, dryRun: false });
    expect(await shopsToImport(world, world.clock.now())).toEqual([api.shop]);
    expect(await work()).toBe(1);
    expect(await newest()).toMatchObject({
      id: body.id,
      state: 'done',
      progress: 1,
      rows: 3,
      orders: 2,
      created: 2,
      unchanged: 0,
      refused: 1,
      refusals: [{ line: 3, reason: '"x" in "total" is not an amount.' }],
      finishedAt: world.clock.now(),
    });
    expect(await rowsOf(world, api.shop, 'orders')).toMatchObject([{ importId: body.id }, { importId: body.id }]);
    expect(await pieces()).toEqual([]);
    expect(await shopsToImport(world, world.clock.now())).toEqual([]);
    expect(await work()).toBe(0);
    const audit = await rowsOf(world, api.shop, 'audit_log');
    expect(audit).toMatchObject([{ action: 'import.begin', target: body.id, actor: 'user:42' }]);
  });

  test('may be compressed, whatever it is called, and again adds nothing', async () => {
    await bring(gzipSync(csv(5)));
    await work();
    await bring(csv(6));
    await work();
    expect(await newest()).toMatchObject({ created: 1, unchanged: 5 });
  });

  test('earns only when asked to', async () => {
    await bring(csv(1), '&earn=true');
    await work();
    const [account] = await rowsOf(world, api.shop, 'points_accounts');
    expect(account).toMatchObject({ available: 10 });
  });

  test('of a dry run leaves nothing behind, and says what it would come to', async () => {
    await bring(csv(2));
    await work();
    const before = await rowsOf(world, api.shop, 'orders');
    await bring(csv(5), '&dryRun=true');
    await work();
    expect(await newest()).toMatchObject({ dryRun: true, state: 'done', rows: 5, created: 3, unchanged: 2 });
    expect(await rowsOf(world, api.shop, 'orders')).toEqual(before);
    expect(await rowsOf(world, api.shop, 'imports')).toHaveLength(1);
  });

  test('of several pieces is cut nowhere', async () => {
    const rows = Array.from({ length: 60 }, (_, n) => order(n + 1, { note: `${n},"\n`.repeat(10_000) }));
    await bring(csvOf([...HEADER, 'note'], rows));
    expect((await pieces()).length).toBeGreaterThan(2);
    await work();
    expect(await newest()).toMatchObject({ rows: 60, orders: 60, created: 60, refused: 0 });
  });
});

describe('what is refused', () => {
  test.each([
    ['another header', 'a,b\n1,2\n', 400, 'imports.header'],
    ['nothing', '', 400, 'imports.header'],
    ['a spreadsheet', Buffer.from('PK\u0003\u0004 and so on'), 400, 'imports.unreadable'],
    ['a damaged archive', gzipSync(csv(300)).subarray(0, 200), 400, 'imports.unreadable'],
  ] as const)('%s leaves nothing behind', async (_name, content, status, code) => {
    const answer = await bring(content as Buffer);
    expect([answer.status, answer.body.error?.code]).toEqual([status, code]);
    expect(await pieces()).toEqual([]);
    expect((await api.get('/imports')).body.items).toEqual([]);
  });

  test('an unknown format, a missing name, a field that nobody knows', async () => {
    for (const query of ['format=xlsx&file=a', 'format=simple-csv', 'format=simple-csv&file=a&more=1']) {
      const answer = await supertest(api.app.http)
        .post(`/api/v1/imports?${query}`)
        .set({ authorization: `Bearer ${sessionToken()}` })
        .send(csv(1));
      expect([answer.status, answer.body.error.code]).toEqual([400, 'api.invalid']);
    }
  });

  test('a file that says to be larger than 200 MB, before it comes', async () => {
    const answer = await bring(csv(1), '', { 'content-length': String(201 * 1024 * 1024) }).catch(() => null);
    expect(answer === null || answer.status === 413).toBe(true);
    expect(await pieces()).toEqual([]);
  });

  test('a second one while the first is worked on; afterwards not', async () => {
    await bring(csv(1));
    const second = await bring(csv(2));
    expect([second.status, second.body.error.code]).toEqual([409, 'imports.running']);
    await work();
    expect((await bring(csv(2))).status).toBe(202);
    const others = await testShop(world, { domain: 'other.example.test' });
    const { key } = await api.keyFor(others, 'write');
    expect((await bring(csv(2), '', withKey(key))).status).toBe(202);
  });

  test('a key that may only read', async () => {
    const { key } = await api.keyFor(api.shop, 'read');
    expect((await bring(csv(1), '', withKey(key))).status).toBe(403);
    expect(await pieces()).toEqual([]);
  });
});

describe('the same Idempotency-Key', () => {
  const once = { 'idempotency-key': 'file-1' };

  test('with the same file gets the first answer, and is worked on once', async () => {
    const first = await bring(csv(3), '', once);
    await work();
    const again = await bring(csv(3), '', once);
    expect([again.status, again.body.id, again.headers['idempotency-replayed']]).toEqual([202, first.body.id, 'true']);
    expect(await work()).toBe(0);
    expect(await pieces()).toEqual([]);
  });

  test('with another file is a conflict', async () => {
    await bring(csv(3), '', once);
    await work();
    expect((await bring(csv(4), '', once)).body.error.code).toBe('api.key_reused');
    expect((await bring(csv(3), '&earn=true', once)).body.error.code).toBe('api.key_reused');
    expect(await pieces()).toEqual([]);
  });
});

describe('cancelling', () => {
  test('ends a run that waits, with its file', async () => {
    const { body } = await bring(csv(3));
    const cancelled = await api.send('post', `/imports/${body.id}/cancel`);
    expect(cancelled.body).toMatchObject({ state: 'failed', errorCode: 'imports.cancelled' });
    expect(await work()).toBe(0);
    expect(await pieces()).toEqual([]);
    expect((await api.send('post', `/imports/${body.id}/cancel`)).body.error.code).toBe('imports.ended');
    expect((await api.send('post', '/imports/none/cancel')).body.error.code).toBe('imports.unknown');
  });

  test('ends a run that is worked on: what came in stays, the rest does not come', async () => {
    const { body } = await bring(csv(250));
    let looks = 0;
    await work(() => {
      looks += 1;
      return looks > 1;
    });
    const { rows } = await newest();
    expect(rows).toBeGreaterThan(0);
    expect(rows).toBeLessThan(250);
    await api.send('post', `/imports/${body.id}/cancel`);
    const inside = (await rowsOf(world, api.shop, 'orders')).length;
    expect(inside).toBeGreaterThan(0);
    await work();
    expect(await rowsOf(world, api.shop, 'orders')).toHaveLength(inside);
  });
});

test('what came of a file is forgotten after a month, what was left behind of one after a day', async () => {
  await bring(csv(1));
  await work();
  await bring(csv(2));
  world.clock.advance(86_400_000);
  expect(await retention(world)).toMatchObject({ files: 1 });
  await work();
  expect(await newest()).toMatchObject({ state: 'failed', errorCode: 'imports.gone' });
  world.clock.advance(30 * 86_400_000);
  await retention(world);
  expect((await api.get('/imports')).body.items).toEqual([]);
});
