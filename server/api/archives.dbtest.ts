import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { makeArchives, shopsToArchive } from '../archives/make-archives.usecases.ts';
import { unzip } from '../archives/zip.fixtures.ts';
import { archiveView } from '../contracts/activity.ts';
import { rowsOf } from '../db/testing.tables.ts';
import { testShop, testWorld, type World } from '../db/testing.ts';
import { deliver, orderBody } from '../inbox/deliveries.fixtures.ts';
import { retention } from '../schedule.ts';
import { type Api, testApi, withKey } from './api.fixtures.ts';

const DAY = 86_400_000;

let world: World;
let api: Api;
beforeEach(async () => {
  world = await testWorld();
  api = await testApi(world);
  await deliver(world, api.shop, ['orders/create', orderBody()]);
});
afterEach(async () => {
  await api.stop();
  await world.close();
});

const ask = () => api.send('post', '/exports/archive');
const newest = async () => (await api.get('/archives')).body.items[0];
const pieces = () => rowsOf(world, api.shop, 'file_pieces');

test('everything of the shop is made into one file in the background, and fetched', async () => {
  const other = await testShop(world, { domain: 'other.example.test' });
  await deliver(world, other, ['orders/create', orderBody({ email: 'b@only.test' })]);
  const asked = await ask();
  expect([asked.status, archiveView.safeParse(asked.body).error]).toEqual([202, undefined]);
  expect(asked.body).toMatchObject({ state: 'running', progress: 0, bytes: null });
  expect(await shopsToArchive(world, world.clock.now())).toEqual([api.shop]);
  expect(await makeArchives(world, api.shop)).toBe(1);
  const done = await newest();
  expect(done).toMatchObject({ id: asked.body.id, state: 'done', progress: 1, expiresAt: world.clock.now() + DAY });
  const file = await api
    .get(`/archives/${done.id}/file`)
    .buffer(true)
    .parse((response, finish) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => finish(null, Buffer.concat(chunks)));
    });
  expect(file.headers).toMatchObject({
    'content-type': 'application/zip',
    'content-length': String(done.bytes),
    'content-disposition': 'attachment; filename="bazgasht-shop.example.test-2026-01-01.zip"',
  });
  const files = unzip(file.body as Buffer);
  const manifest = JSON.parse(String(files.get('manifest.json')));
  expect(manifest).toMatchObject({ shop: { domain: 'shop.example.test' }, rows: done.rows });
  expect(JSON.parse(String(files.get('orders.json')))).toHaveLength(1);
  expect([...files.keys()].sort()).toEqual(
    Object.values(manifest.tables as Record<string, { files: object }>)
      .flatMap((table) => Object.keys(table.files))
      .concat('manifest.json')
      .sort(),
  );
  for (const content of files.values()) expect(content.includes('b@only.test')).toBe(false);
  expect(await shopsToArchive(world, world.clock.now())).toEqual([]);
  expect(await rowsOf(world, api.shop, 'audit_log')).toMatchObject([{ action: 'archive.ask', actor: 'user:42' }]);
});

describe('an archive', () => {
  test('is one at a time, and of whoever may see everything', async () => {
    await ask();
    expect((await ask()).body.error.code).toBe('archives.running');
    const { key } = await api.keyFor(api.shop, 'write');
    expect((await api.send('post', '/exports/archive', undefined, withKey(key))).status).toBe(403);
    expect((await api.get('/archives', withKey(key))).status).toBe(403);
    await makeArchives(world, api.shop);
    expect((await ask()).status).toBe(202);
  });

  test('cannot be fetched before it is done, nor by another shop', async () => {
    const { id } = (await ask()).body;
    expect((await api.get(`/archives/${id}/file`)).body.error.code).toBe('archives.not_done');
    await makeArchives(world, api.shop);
    const other = await testShop(world, { domain: 'other.example.test' });
    const { key } = await api.keyFor(other, 'admin');
    expect((await api.get(`/archives/${id}/file`, withKey(key))).body.error.code).toBe('archives.unknown');
  });

  test('is forgotten after a day', async () => {
    const { id } = (await ask()).body;
    await makeArchives(world, api.shop);
    world.clock.advance(DAY - 1);
    expect(await retention(world)).toMatchObject({ archives: 0, files: 0 });
    world.clock.advance(1);
    expect(await retention(world)).toMatchObject({ archives: 1, files: 0 });
    expect((await api.get(`/archives/${id}/file`)).status).toBe(404);
    expect(await pieces()).toEqual([]);
  });

  test('whose maker died is taken over after a while, and its traces vanish', async () => {
    await ask();
    const db = { ...world.db, snapshot: () => new Promise<never>(() => undefined) };
    void makeArchives({ ...world, db }, api.shop);
    await expect.poll(() => rowsOf(world, api.shop, 'archives')).toMatchObject([{ attempts: 1 }]);
    expect(await makeArchives(world, api.shop)).toBe(0);
    world.clock.advance(60_000);
    expect(await makeArchives(world, api.shop)).toBe(1);
    expect(await newest()).toMatchObject({ state: 'done' });
  });

  /** A maker that waits, with the archive in its hands, until it is told how to go on. */
  async function slowMaker(stopping?: () => boolean) {
    const go = Promise.withResolvers<void>();
    const begun = Promise.withResolvers<void>();
    const snapshot: World['db']['snapshot'] = async (work) => {
      begun.resolve();
      await go.promise;
      return world.db.snapshot(work);
    };
    const ended = makeArchives({ ...world, db: { ...world.db, snapshot } }, api.shop, stopping);
    await begun.promise;
    return { go, ended };
  }
  const filesKept = async () => [...new Set((await pieces()).map(({ fileId }) => fileId))];

  test.each(['done', 'failed', 'stopped'])(
    'that another has taken over is not touched by a maker that comes too late and is %s',
    async (how) => {
      await ask();
      let stops = false;
      const late = await slowMaker(() => stops);
      world.clock.advance(60_000);
      const second = await slowMaker();
      const held = await rowsOf(world, api.shop, 'archives');
      expect(held).toMatchObject([{ state: 'running', attempts: 2, heldUntil: world.clock.now() + 60_000 }]);
      stops = how === 'stopped';
      if (how === 'failed') late.go.reject(new Error('no snapshot'));
      else late.go.resolve();
      await late.ended;
      expect(await rowsOf(world, api.shop, 'archives')).toEqual(held);
      expect(await pieces()).toEqual([]);
      expect(await shopsToArchive(world, world.clock.now())).toEqual([]);
      expect(await makeArchives(world, api.shop)).toBe(0);
      second.go.resolve();
      await second.ended;
      const [made] = await rowsOf(world, api.shop, 'archives');
      expect(made).toMatchObject({ state: 'done', attempts: 2, heldBy: null });
      expect(await filesKept()).toEqual([made?.fileId]);
    },
  );

  test('that another has made is not touched by a maker that comes too late', async () => {
    await ask();
    const late = await slowMaker();
    world.clock.advance(60_000);
    expect(await makeArchives(world, api.shop)).toBe(1);
    const made = await rowsOf(world, api.shop, 'archives');
    const kept = await pieces();
    expect(made).toMatchObject([{ state: 'done' }]);
    late.go.resolve();
    await late.ended;
    expect([await rowsOf(world, api.shop, 'archives'), await pieces()]).toEqual([made, kept]);
    expect((await api.get(`/archives/${made[0]?.id}/file`)).status).toBe(200);
  });

  test('that was finished too late leaves nothing of its file behind', async () => {
    await ask();
    let transactions = 0;
    const transaction: World['db']['transaction'] = async (work, options) => {
      transactions += 1;
      // Taken up, its one piece, how far it is; with the next it would be done.
      if (transactions === 4) {
        world.clock.advance(60_000);
        expect(await makeArchives(world, api.shop)).toBe(1);
      }
      return world.db.transaction(work, options);
    };
    await makeArchives({ ...world, db: { ...world.db, transaction } }, api.shop);
    expect(transactions).toBeGreaterThan(4);
    const [made] = await rowsOf(world, api.shop, 'archives');
    expect(made).toMatchObject({ state: 'done', attempts: 2 });
    expect(await filesKept()).toEqual([made?.fileId]);
  });

  test('that cannot be made is tried again a few times, then given up in words', async () => {
    await ask();
    const db = { ...world.db, snapshot: () => Promise.reject(new Error('no snapshot')) };
    for (let times = 0; times < 4; times += 1) {
      expect(await makeArchives({ ...world, db }, api.shop)).toBe(1);
      expect(await newest()).toMatchObject({ state: 'running' });
      expect(await makeArchives({ ...world, db }, api.shop)).toBe(0);
      world.clock.advance(30_000);
    }
    await makeArchives(world, api.shop);
    expect(await newest()).toMatchObject({ state: 'failed', reason: expect.stringMatching(/Try again/) });
    expect((await ask()).status).toBe(202);
  });

  test('is given back when the app stops, and leaves nothing half made', async () => {
    await ask();
    expect(await makeArchives(world, api.shop, () => true)).toBe(1);
    expect(await pieces()).toEqual([]);
    expect(await rowsOf(world, api.shop, 'archives')).toMatchObject([{ state: 'running', attempts: 0, heldBy: null }]);
    expect(await makeArchives(world, api.shop)).toBe(1);
    expect(await newest()).toMatchObject({ state: 'done' });
  });
});

test('what was packed up before somebody was erased can be fetched no more, and goes', async () => {
  await ask();
  await makeArchives(world, api.shop);
  const { id } = await newest();
  const [person] = (await api.get('/customers')).body.items;
  expect((await api.send('post', `/customers/${person.id}/erase`, { confirm: 'erase' })).status).toBe(200);
  expect((await api.get(`/archives/${id}/file`)).status).toBe(404);
  expect(await newest()).toBeUndefined();
  await retention(world);
  expect([await rowsOf(world, api.shop, 'archives'), await pieces()]).toEqual([[], []]);
});
