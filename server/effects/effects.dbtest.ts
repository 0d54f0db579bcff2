import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import supertest from 'supertest';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Api, testApi } from '../api/api.fixtures.ts';
import { backup } from '../backup/backup.usecases.ts';
import { restore } from '../backup/restore.usecases.ts';
import { effectsPage } from '../contracts/effects.ts';
import { rowsOf } from '../db/testing.tables.ts';
import { testShop, testWorld, type World } from '../db/testing.ts';
import { createInProcessJobs } from '../jobs/in-process.ts';
import { TOPICS } from '../jobs/jobs.contract.ts';
import type { Jobs, Topic, TopicWork } from '../jobs/jobs.port.ts';
import { eraseCustomer } from '../privacy/erase.usecases.ts';
import { install, markErased, recordScopes } from '../shops/shops.usecases.ts';
import { type Note, noteKind, notePort } from './effects.fixtures.ts';
import type { EffectPort } from './effects.port.ts';
import { effects as table } from './effects.tables.ts';
import { type Owed, owe, withdraw } from './effects.usecases.ts';
import {
  distrustEffects,
  effectProblems,
  forgetEffects,
  openEffects,
  queuedEffects,
  retryEffect,
} from './manage.usecases.ts';
import { createEffects } from './perform.usecases.ts';

const DAY = 86_400_000;
const HOUR = 3_600_000;
const PATIENT = { perShop: 4, perProcess: 100, sliceMs: 60_000, patienceMs: 60_000 };
const HASTY = { perShop: 4, perProcess: 100, sliceMs: 60_000, patienceMs: 5 };

let world: World;
let shop: number;
beforeEach(async () => {
  world = await testWorld();
  shop = await testShop(world);
});
afterEach(() => world.close());

const EVENT = noteKind('test.note');
const STATE = noteKind('test.note', true);
const event = () => notePort('test.note', { askable: false, repeatable: false });
const state = () => notePort('test.note', { askable: false, repeatable: true, isState: true });

/** Owes a note; its text is also the occasion. */
const oweNote = (kind: typeof EVENT, to: string, text: string, more: Partial<Owed<Note>> = {}, at = shop) =>
  world.inShop(at, (scope) => owe(scope, kind, { occasion: [text], payload: { to, text }, customerId: null, ...more }));
const worker = (...ports: EffectPort<Note>[]) => createEffects(world, ports as EffectPort[], PATIENT);
const rows = () => rowsOf(world, shop, 'effects');
const statesBy = async () =>
  Object.fromEntries((await rows()).map(({ key, state: now }) => [String(key).replace('test.note:', ''), now]));
const idOf = async (text: string) => String((await rows()).find(({ key }) => key === `test.note:${text}`)?.id);
const work = async (effects: ReturnType<typeof worker>) => {
  await effects.drain(shop);
  await effects.idle();
};

describe('effects on one object', () => {
  test('happen in the order in which they were owed, others meanwhile', async () => {
    const { port, calls, outside } = event();
    for (const text of ['a1', 'a2', 'a3']) await oweNote(EVENT, 'a', text);
    for (const text of ['b1', 'b2']) await oweNote(EVENT, 'b', text);
    outside.fail('not-sent');
    await work(worker(port));
    // The first failed for now: what is behind it waits, what is not does not.
    expect(calls.filter((call) => call.startsWith('do a'))).toEqual(['do a1']);
    expect(calls.filter((call) => call.startsWith('do b'))).toEqual(['do b1', 'do b2']);
    world.clock.advance(HOUR);
    await work(worker(port));
    expect(calls.filter((call) => call.startsWith('do a'))).toEqual(['do a1', 'do a1', 'do a2', 'do a3']);
  });

  test('one in doubt holds up those behind it until a person decides', async () => {
    const { port, calls, outside } = event();
    for (const text of ['a1', 'a2']) await oweNote(EVENT, 'a', text);
    outside.fail('lost-after');
    const effects = worker(port);
    await work(effects);
    world.clock.advance(DAY);
    await work(effects);
    expect([await statesBy(), calls]).toEqual([{ a1: 'doubtful', a2: 'queued' }, ['do a1']]);
    const id = await idOf('a1');
    await world.inShop(shop, (scope) => retryEffect(scope, { id, how: 'happened', actor: 'test' }));
    await work(effects);
    expect([await statesBy(), calls]).toEqual([{ a1: 'done', a2: 'done' }, ['do a1', 'do a2']]);
  });

  test('one that is withdrawn or fails lets the next go, not before its time', async () => {
    const { port, calls, outside } = event();
    await oweNote(EVENT, 'a', 'a1', { owner: { kind: 'thing', id: 'one' } });
    await oweNote(EVENT, 'a', 'a2', { notBefore: world.clock.now() + HOUR });
    await oweNote(EVENT, 'a', 'a3');
    await world.inShop(shop, (scope) =>
      withdraw(scope, { owner: { kind: 'thing', id: 'one' } }, { code: 'things.gone', reason: 'Gone.' }),
    );
    const effects = worker(port);
    await work(effects);
    expect(calls).toEqual([]);
    world.clock.advance(HOUR);
    outside.fail('refused');
    await work(effects);
    expect([await statesBy(), calls]).toEqual([{ a1: 'withdrawn', a2: 'failed', a3: 'done' }, ['do a2', 'do a3']]);
  });
});

describe('effects that set a state', () => {
  test('a newer one withdraws those that wait or are in doubt', async () => {
    const { port, calls } = state();
    for (const text of ['on', 'off', 'on-2']) await oweNote(STATE, 'a', text);
    await work(worker(port));
    expect([await statesBy(), calls]).toEqual([{ on: 'withdrawn', off: 'withdrawn', 'on-2': 'done' }, ['do on-2']]);
    expect((await rows())[0]).toMatchObject({ errorCode: 'effects.superseded', payload: { to: 'a', text: 'on' } });
  });

  test('a newer one waits for one that is being set, which is not tried again', async () => {
    const { port, calls } = state();
    const hang = Promise.withResolvers<void>();
    const perform = async (): Promise<never> => {
      await hang.promise;
      throw new Error('socket hang up');
    };
    const slow = createEffects(world, [{ ...port, perform } as EffectPort], HASTY);
    await oweNote(STATE, 'a', 'on');
    await slow.drain(shop);
    await oweNote(STATE, 'a', 'off');
    await work(worker(port));
    expect([await statesBy(), calls]).toEqual([{ on: 'doing', off: 'queued' }, []]);
    hang.resolve();
    await slow.idle();
    // Whoever was asked may still be at it.
    await work(worker(port));
    expect([await statesBy(), calls]).toEqual([{ on: 'withdrawn', off: 'queued' }, []]);
    world.clock.advance(30_000);
    await work(worker(port));
    expect([await statesBy(), calls]).toEqual([{ on: 'withdrawn', off: 'done' }, ['do off']]);
  });

  test('a newer one gives time to whoever may still be setting the one before', async () => {
    const { port, calls, outside } = state();
    await oweNote(STATE, 'a', 'on');
    outside.fail('lost-before');
    const effects = worker(port);
    await work(effects);
    await oweNote(STATE, 'a', 'off');
    await work(effects);
    expect(await statesBy()).toEqual({ on: 'withdrawn', off: 'queued' });
    world.clock.advance(30_000);
    await work(effects);
    expect([await statesBy(), calls]).toEqual([{ on: 'withdrawn', off: 'done' }, ['do on', 'do off']]);
  });

  test('an old one that failed does not come back over a newer one', async () => {
    const { port, outside } = state();
    await oweNote(STATE, 'a', 'on');
    outside.fail('refused');
    const effects = worker(port);
    await work(effects);
    await oweNote(STATE, 'a', 'off');
    await work(effects);
    const id = await idOf('on');
    const say = (how: 'again' | 'happened') =>
      world.inShop(shop, (scope) => retryEffect(scope, { id, how, actor: 'test' }));
    await expect(say('again')).rejects.toMatchObject({ code: 'effects.superseded' });
    await say('happened');
    await work(effects);
    expect(await statesBy()).toEqual({ on: 'done', off: 'done' });
  });
});

describe('what keeps a kind in a shop', () => {
  test('is one of its problems, and effects wait until it is gone', async () => {
    const { port, calls } = event();
    let granted = false;
    const why = { code: 'test.scope', reason: 'Grant the scope.' };
    const effects = worker({ ...port, waits: async () => (granted ? null : why) });
    for (const text of ['a1', 'b1', 'c1']) await oweNote(EVENT, text, text);
    await oweNote(EVENT, 'a1', 'a2');
    await work(effects);
    expect(await effectProblems(world, shop)).toEqual([{ code: 'test.scope', message: 'Grant the scope.' }]);
    granted = true;
    await work(effects);
    expect(calls).toEqual([]);
    await world.inShop(shop, (scope) => recordScopes(scope, ['write_customers']));
    await work(effects);
    expect([calls.sort(), await effectProblems(world, shop)]).toEqual([['do a1', 'do a2', 'do b1', 'do c1'], []]);
  });

  test('is asked once for all that waits', async () => {
    const { port } = event();
    for (let n = 0; n < 20; n += 1) await oweNote(EVENT, `p${n}`, `n${n}`);
    let times = 0;
    const waits = async () => {
      times += 1;
      return { code: 'test.scope', reason: 'Grant the scope.' };
    };
    await work(worker({ ...port, waits }));
    expect([times <= 4, new Set((await rows()).map(({ waits: code }) => code))]).toEqual([
      true,
      new Set(['test.scope']),
    ]);
  });

  test('is looked at hourly besides', async () => {
    const { port, calls } = event();
    await oweNote(EVENT, 'a', 'a1');
    // No way to do it in this process.
    await work(worker());
    expect(await effectProblems(world, shop)).toMatchObject([{ code: 'effects.not_connected' }]);
    await work(worker(port));
    expect(calls).toEqual([]);
    world.clock.advance(HOUR);
    await work(worker(port));
    expect(calls).toEqual(['do a1']);
  });

  test('that an install mends is released', async () => {
    await oweNote(EVENT, 'a', 'a1');
    await work(worker());
    await world.inShop(shop, (scope) => install(scope, []));
    const { port, calls } = event();
    await work(worker(port));
    expect(calls).toEqual(['do a1']);
  });
});

test('what there is no time for is not begun, and that is no attempt', async () => {
  const { port, calls } = event();
  await oweNote(EVENT, 'a', 'a1');
  let slow = true;
  const waits = async () => {
    // The transaction that claims takes nearly as long as the lease.
    if (slow) world.clock.advance(88_000);
    return null;
  };
  const effects = worker({ ...port, waits });
  let looks = 0;
  await effects.drain(shop, () => ++looks > 1);
  slow = false;
  expect([calls, (await rows())[0]]).toMatchObject([[], { state: 'queued', attempts: 0, happened: 'no' }]);
  await work(effects);
  expect([calls, await statesBy()]).toEqual([['do a1'], { a1: 'done' }]);
});

test('keys are made of ids: no address, no number with a plus, no free text fits', async () => {
  for (const bad of ['ada@example.test', '+12025550123', 'Ada Lovelace', '', 'x'.repeat(65)])
    await expect(oweNote(EVENT, 'a', bad)).rejects.toMatchObject({ code: 'effects.bad_key' });
  expect(await rows()).toEqual([]);
});

test('what an effect said is forgotten 30 days after its end; its key counts for good', async () => {
  const { port, outside } = event();
  const effects = worker(port);
  for (const text of ['a1', 'b1', 'c1']) await oweNote(EVENT, text, text);
  outside.fail('refused', 'lost-before');
  await work(effects);
  world.clock.advance(29 * DAY);
  expect(await forgetEffects(world, world.clock.now())).toBe(0);
  world.clock.advance(DAY);
  expect(await forgetEffects(world, world.clock.now())).toBe(2);
  const kept = await rows();
  expect(kept.map(({ state: now, payload }) => [now, payload === null]).sort()).toEqual([
    ['done', true],
    ['doubtful', false],
    ['failed', true],
  ]);
  expect((await oweNote(EVENT, 'c1', 'c1')).isNew).toBe(false);
  const id = String(kept.find(({ state: now }) => now === 'failed')?.id);
  await expect(
    world.inShop(shop, (scope) => retryEffect(scope, { id, how: 'again', actor: 'test' })),
  ).rejects.toMatchObject({ code: 'effects.forgotten' });
});

test('erasing a customer reaches their effects, and a shop that was erased sends nothing', async () => {
  const { port, calls } = event();
  const customer = 'nobody-in-particular';
  await oweNote(EVENT, 'a', 'a1', { customerId: customer });
  await world.inShop(shop, (scope) => eraseCustomer(scope, world.features, { customerId: customer, actor: 'test' }));
  await work(worker(port));
  await oweNote(EVENT, 'b', 'b1');
  await world.inShop(shop, (scope) => markErased(scope));
  await work(worker(port));
  expect([await statesBy(), calls]).toEqual([{ a1: 'withdrawn', b1: 'withdrawn' }, []]);
});

test('a restored backup asks whether what it owes has happened since, and what cannot be asked is in doubt', async () => {
  const notes = noteKind('test.asked');
  const asked = notePort('test.asked', { askable: true, repeatable: false });
  const { port, calls } = notePort('test.note', { askable: false, repeatable: true });
  for (const text of ['a1', 'a2', 'b1']) await oweNote(EVENT, text.charAt(0), text);
  for (const text of ['c1', 'd1']) await oweNote(notes, text, text);
  const folder = mkdtempSync(join(tmpdir(), 'bazgasht-effects-'));
  await backup(world, join(folder, 'file'));
  // What nobody told the backup.
  await work(worker(asked.port));
  await world.close();
  world = await testWorld();
  await restore(world, join(folder, 'file'), { after: [distrustEffects] });
  rmSync(folder, { recursive: true });
  await work(worker(asked.port, port));
  expect([await statesBy(), calls, asked.calls]).toEqual([
    { a1: 'doubtful', a2: 'queued', b1: 'doubtful', 'test.asked:c1': 'done', 'test.asked:d1': 'done' },
    [],
    ['do c1', 'do d1', 'ask c1', 'ask d1'],
  ]);
});

describe('counts', () => {
  test('of what is owed, failed and in doubt', async () => {
    const { port, outside } = event();
    for (const text of ['a1', 'b1', 'c1']) await oweNote(EVENT, text, text);
    outside.fail('refused', 'lost-before');
    await work(worker(port));
    await oweNote(EVENT, 'd1', 'd1');
    expect(await openEffects(world)).toEqual({ queued: 1, doing: 0, failed: 1, doubtful: 1 });
    expect(await queuedEffects(world, shop)).toEqual({ count: 1, oldest: world.clock.now() });
  });
});

describe('over the API', () => {
  let api: Api;
  beforeEach(async () => {
    await world.close();
    world = await testWorld();
    api = await testApi(world);
    shop = api.shop;
  });
  afterEach(() => api.stop());

  test('effects are listed by state, and decided once', async () => {
    const { port, outside } = event();
    for (const text of ['a1', 'b1', 'c1']) await oweNote(EVENT, text, text, { customerId: 'customer-1' });
    outside.fail('lost-after', 'lost-after', 'refused');
    const effects = worker(port);
    await work(effects);
    const page = effectsPage.parse((await api.get('/effects?state=doubtful&limit=1')).body);
    const next = effectsPage.parse((await api.get(`/effects?state=doubtful&limit=1&cursor=${page.nextCursor}`)).body);
    const doubtful = [...page.items, ...next.items];
    expect([doubtful.map((item) => [item.state, item.canRetry]), next.nextCursor]).toEqual([
      [
        ['doubtful', true],
        ['doubtful', true],
      ],
      null,
    ]);
    const waiting = effectsPage.parse((await api.get('/effects')).body).items;
    expect(waiting.map((item) => item.state)).toEqual(['failed', 'doubtful', 'doubtful']);
    const { id } = page.items[0] ?? { id: '' };
    const decided = await api.send('post', `/effects/${id}/retry`, { how: 'happened' });
    expect([decided.status, decided.body]).toEqual([202, { id, state: 'queued' }]);
    const again = await api.send('post', `/effects/${id}/retry`, { how: 'again' });
    expect([again.status, again.body.error.code]).toEqual([409, 'effects.not_open']);
    expect((await api.send('post', '/effects/none/retry', { how: 'again' })).body.error.code).toBe('effects.unknown');
    expect((await rowsOf(world, shop, 'audit_log')).map(({ action }) => action)).toContain('effect.retry');
    const reader = { authorization: `Bearer ${(await api.keyFor(shop, 'read')).key}` };
    expect((await api.send('post', `/effects/${id}/retry`, { how: 'again' }, reader)).status).toBe(403);
    const metrics = (await supertest(api.app.http).get('/metrics')).text;
    expect(metrics).toContain('bazgasht_effects{state="doubtful"} 1');
    expect(metrics).toContain('bazgasht_effects{state="failed"} 1');
  });
});

describe('fairness', () => {
  const idle: TopicWork = { handle: async () => undefined, due: async () => [] };
  const start = async (jobs: Jobs, effects: TopicWork): Promise<void> => {
    const topics = Object.fromEntries(TOPICS.map((topic) => [topic, idle])) as Record<Topic, TopicWork>;
    await jobs.start({ topics: { ...topics, effects }, schedule: [] });
  };

  test('10,000 queued in one shop delay another’s first by a few of them', async () => {
    const other = await testShop(world, { domain: 'other.example.test' });
    await oweNote(EVENT, 'a', 'n0');
    const [like] = (await rows()) as (typeof table.$inferSelect)[];
    if (!like) throw new Error('There is none.');
    for (let from = 1; from < 10_000; from += 500) {
      const more = Array.from({ length: 500 }, (_, n) => {
        const name = `n${from + n}`;
        return { ...like, id: `many-${name}`, key: `test.note:${name}`, subject: `note:${name}` };
      });
      await world.db.transaction((tx) => tx.insert(table).values(more));
    }
    const done: number[] = [];
    const { port } = event();
    const jobs = createInProcessJobs({ logger: world.logger });
    const quick: EffectPort<Note> = {
      ...port,
      perform: async ({ shop: { id } }) => {
        done.push(id);
        await nextTurn();
        return { outcome: 'done' };
      },
    };
    const effects = createEffects({ ...world, wake: (id) => jobs.wake('effects', id) }, [quick as EffectPort]);
    await start(jobs, { handle: effects.drain, due: async () => [] });
    jobs.wake('effects', shop);
    while (done.length < 20) await nextTurn();
    await oweNote(EVENT, 'a', 'first', {}, other);
    const [before, began] = [done.length, performance.now()];
    jobs.wake('effects', other);
    while (!done.includes(other)) await nextTurn();
    const [between, ms] = [done.indexOf(other) - before, performance.now() - began];
    await jobs.stop();
    await effects.stop();
    expect({ few: between <= 20, soon: ms <= 1_000 }, `${between} came between, ${ms} ms`).toEqual({
      few: true,
      soon: true,
    });
  }, 120_000);

  test('a dead platform holds up no other shop', async () => {
    const other = await testShop(world, { domain: 'other.example.test' });
    const log: number[] = [];
    const { port } = event();
    const dead: EffectPort<Note> = {
      ...port,
      timeoutMs: 15_000,
      perform: async ({ shop: { id } }) => {
        log.push(id);
        return id === shop ? new Promise(() => undefined) : { outcome: 'done' };
      },
    };
    for (let n = 0; n < 50; n += 1) await oweNote(EVENT, `p${n}`, `n${n}`);
    await oweNote(EVENT, 'a', 'first', {}, other);
    const effects = createEffects(world, [dead as EffectPort], { ...HASTY, perProcess: 5 });
    // Comes back though nothing ends: whoever works for all shops may go on.
    await effects.drain(shop);
    await effects.drain(other);
    expect(log).toEqual([shop, shop, shop, shop, other]);
  });
});
