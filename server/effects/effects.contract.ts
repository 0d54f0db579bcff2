import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { testShop } from '../db/testing.ts';
import { CUSTOMER, type Harness, OWNER, open } from './battery.fixtures.ts';
import { effects } from './effects.tables.ts';
import { forgetEffectsOf, owe, withdraw } from './effects.usecases.ts';
import { distrustEffects, retryEffect } from './manage.usecases.ts';

const WHY = { code: 'things.gone', reason: 'The thing is gone.' };
const LONG = 3_600_000;

let at: Awaited<ReturnType<typeof open>>;

/** What every kind of effect has to keep, whatever breaks: it happens as often as its port says, and its row says what is known. */
export function effectsBattery<P>(name: string, harness: Harness<P>): void {
  describe(name, () => {
    beforeEach(async () => {
      at = await open(harness);
    });
    afterEach(async () => {
      const seen = [1, 2, 3].map((n) => at.outside.seen(at.payload(n)));
      await at.world.close();
      expect(Math.max(...seen)).toBeLessThanOrEqual(at.port.mostSeen);
    });
    happensOnce();
    survives();
    isCalledOff();
    isForgotten();
  });
}

function happensOnce(): void {
  test('happens once, and its row keeps the answer', async () => {
    await at.owed();
    await at.workOff();
    await at.workOff();
    expect([at.outside.seen(at.first), await at.states(), at.ends]).toEqual([1, ['done'], ['done']]);
    expect((await at.rows())[0]).toMatchObject({ attempts: 1, dueAt: null, fence: null, errorCode: null });
  });

  test('owed again for the same occasion is the same; with other content it is an error', async () => {
    const made = await at.owed();
    expect(await at.owed()).toEqual({ id: made.id, isNew: false });
    await expect(at.owed('one', at.payload(2))).rejects.toMatchObject({ code: 'effects.key_reused' });
    await at.workOff();
    expect(await at.owed()).toEqual({ id: made.id, isNew: false });
    await at.workOff();
    expect([at.outside.seen(at.first), await at.states()]).toEqual([1, ['done']]);
  });

  test('whose reason was rolled back never happens', async () => {
    const broken = at.world.inShop(at.shop, async (scope) => {
      await owe(scope, at.port.kind, { occasion: ['one'], payload: at.first, customerId: null });
      throw new Error('no');
    });
    await expect(broken).rejects.toThrow('no');
    await at.workOff();
    expect([at.outside.seen(at.first), await at.rows()]).toEqual([0, []]);
  });

  test('is tried again while it has surely not been done, then fails', async () => {
    await at.owed();
    at.outside.fail('not-sent', 'not-sent');
    await at.workOff();
    expect([at.outside.seen(at.first), await at.states()]).toEqual([1, ['done']]);
    at.outside.fail(...Array.from({ length: 40 }, () => 'not-sent' as const));
    await at.owed('two', at.payload(2));
    await at.workOff();
    expect([at.outside.seen(at.payload(2)), (await at.states()).sort(), at.ends]).toEqual([
      0,
      ['done', 'failed'],
      ['done', 'failed'],
    ]);
  });

  test('that is refused fails at once, with the reason', async () => {
    await at.owed();
    at.outside.fail('refused');
    await at.workOff();
    expect([at.outside.seen(at.first), at.ends]).toEqual([0, ['failed']]);
    expect((await at.rows())[0]).toMatchObject({ state: 'failed', attempts: 1, reason: expect.any(String) });
  });
}

function survives(): void {
  test.each(['lost-before', 'lost-after'] as const)('whose answer was lost (%s)', async (fault) => {
    await at.owed();
    at.outside.fail(fault);
    await at.workOff();
    const seen = at.isClear() || fault === 'lost-after' ? 1 : 0;
    expect([at.outside.seen(at.first), await at.states()]).toEqual([seen, [at.isClear() ? 'done' : 'doubtful']]);
  });

  test('that takes too long is as one whose answer was lost', async () => {
    await at.owed();
    const slow = at.worker({ timeoutMs: 10, perform: () => new Promise(() => undefined) });
    await slow.drain(at.shop);
    await slow.idle();
    await at.workOff();
    expect([at.outside.seen(at.first), await at.states()]).toEqual(at.isClear() ? [1, ['done']] : [0, ['doubtful']]);
  });

  test.each(['before', 'after'] as const)('whose worker dies %s the call', async (when) => {
    await at.owed();
    const dead = await at.dying(when);
    await at.worker().drain(at.shop);
    expect(await at.states()).toEqual(['doing']);
    at.world.clock.advance(LONG);
    await at.workOff();
    const state = at.isClear() ? 'done' : 'doubtful';
    const told = at.isClear() ? ['done'] : [];
    expect([at.outside.seen(at.first), await at.states(), at.ends]).toEqual([
      at.isClear() || when === 'after' ? 1 : 0,
      [state],
      told,
    ]);
    if (when === 'before') return;
    // It was not dead: what it brings comes too late, and changes nothing.
    await dead.letGo();
    expect([at.outside.seen(at.first), await at.states(), at.ends]).toEqual([1, [state], told]);
  });

  test('whose worker dies after the call, and that cannot be sent any more, is not said to have failed', async () => {
    await at.owed();
    await at.dying('after');
    at.outside.fail(...Array.from({ length: 40 }, () => 'not-sent' as const));
    at.world.clock.advance(LONG);
    await at.workOff();
    expect([at.outside.seen(at.first), await at.states()]).toEqual([1, [at.port.ask ? 'done' : 'doubtful']]);
  });

  test('whose worker dies while it asks', async () => {
    if (!at.port.ask) return;
    await at.owed();
    at.outside.fail('lost-after');
    const one = at.worker();
    await one.drain(at.shop);
    await one.idle();
    at.world.clock.advance(LONG);
    await at.dying('after', 'ask');
    at.world.clock.advance(LONG);
    await at.workOff();
    expect([at.outside.seen(at.first), await at.states(), at.ends]).toEqual([1, ['done'], ['done']]);
  });

  test('waked twice at once happens once', async () => {
    await at.owed();
    const effects = at.worker();
    await Promise.all([effects.drain(at.shop), effects.drain(at.shop), effects.drain(at.shop)]);
    await effects.idle();
    expect([at.outside.seen(at.first), at.ends]).toEqual([1, ['done']]);
  });

  test('before two workers happens once', async () => {
    for (const n of [1, 2, 3]) await at.owed(String(n), at.payload(n));
    const workers = [at.worker(), at.worker()];
    await Promise.all(workers.map((one) => one.drain(at.shop)));
    await Promise.all(workers.map((one) => one.idle()));
    expect([1, 2, 3].map((n) => at.outside.seen(at.payload(n)))).toEqual([1, 1, 1]);
    expect(await at.states()).toEqual(['done', 'done', 'done']);
  });
}

function isCalledOff(): void {
  test('whose reason goes before it is done never happens', async () => {
    await at.owed();
    const result = await at.world.inShop(at.shop, (scope) => withdraw(scope, { owner: OWNER }, WHY));
    await at.workOff();
    expect([result, at.outside.seen(at.first), await at.states()]).toEqual([
      { withdrawn: 1, underWay: 0 },
      0,
      ['withdrawn'],
    ]);
    expect((await at.rows())[0]).toMatchObject({ errorCode: WHY.code, reason: WHY.reason });
  });

  test('whose reason goes while it is being done: its owner learns that it happened', async () => {
    await at.owed();
    const hung = await at.dying('after');
    const result = await at.world.inShop(at.shop, (scope) => withdraw(scope, { owner: OWNER }, WHY));
    await hung.letGo();
    expect([result, at.outside.seen(at.first), at.ends]).toEqual([{ withdrawn: 0, underWay: 1 }, 1, ['done']]);
    expect((await at.rows())[0]).toMatchObject({ state: 'done', unwanted: WHY });
  });

  test('whose reason goes while it fails is not tried again', async () => {
    await at.owed();
    at.outside.fail('not-sent');
    const hung = await at.dying('before');
    await at.world.inShop(at.shop, (scope) => withdraw(scope, { owner: OWNER }, WHY));
    await hung.letGo();
    await at.workOff();
    expect([at.outside.seen(at.first), await at.states(), at.ends]).toEqual([0, ['withdrawn'], ['withdrawn']]);
  });
}

function isForgotten(): void {
  test('is not sent once its customer is erased, and says nothing of them any more', async () => {
    await at.owed();
    await at.owed('two', at.payload(2));
    const effects = at.worker();
    await at.world.inShop(at.shop, (scope) => forgetEffectsOf(scope, CUSTOMER));
    await at.workOff(effects);
    expect([at.outside.seen(at.first), at.outside.seen(at.payload(2))]).toEqual([0, 0]);
    expect(await at.rows()).toMatchObject(Array(2).fill({ state: 'withdrawn', payload: null, answer: null }));
    // Its key still counts.
    expect((await at.owed()).isNew).toBe(false);
  });

  test.each(['after', 'before'] as const)('under way while its customer is erased (%s the call)', async (when) => {
    await at.owed();
    if (when === 'before') at.outside.fail('not-sent');
    const hung = await at.dying(when);
    await at.world.inShop(at.shop, (scope) => forgetEffectsOf(scope, CUSTOMER));
    await hung.letGo();
    await at.workOff();
    const [row] = await at.rows();
    expect(row).toMatchObject({ payload: null, answer: null, state: when === 'after' ? 'done' : 'withdrawn' });
    expect(at.outside.seen(at.first)).toBe(when === 'after' ? 1 : 0);
  });

  test('erased while its worker is dead is not done again', async () => {
    await at.owed();
    await at.dying('before');
    await at.world.inShop(at.shop, (scope) => forgetEffectsOf(scope, CUSTOMER));
    at.world.clock.advance(LONG);
    await at.workOff();
    expect([at.outside.seen(at.first), await at.states()]).toEqual([0, ['withdrawn']]);
  });

  test.each([false, true])('that was restored is asked about, or in doubt (it had happened: %s)', async (had) => {
    await at.owed();
    if (had) {
      await at.workOff();
      const { id } = await at.owed();
      // As the backup has it: made before it was done.
      await at.world.db.transaction((tx) => tx.update(effects).set({ state: 'queued', dueAt: 0, finishedAt: null }));
      expect((await at.rows())[0]).toMatchObject({ id, state: 'queued' });
    }
    await at.world.inShop(at.shop, distrustEffects);
    await at.workOff();
    expect(await at.states()).toEqual([at.port.ask ? 'done' : 'doubtful']);
    expect(at.outside.seen(at.first)).toBe(had || at.port.ask ? 1 : 0);
  });

  test('in doubt is decided by a person', async () => {
    if (at.isClear()) return;
    await at.owed();
    await at.owed('two', at.payload(2));
    at.outside.fail('lost-after', 'lost-before');
    await at.workOff();
    const say = (how: 'again' | 'happened', place: number) =>
      at.world.inShop(at.shop, async (scope) => {
        const id = String((await at.rows()).find(({ key }) => String(key).endsWith(place === 1 ? 'one' : 'two'))?.id);
        return retryEffect(scope, { id, how, actor: 'test' });
      });
    const happened = at.outside.seen(at.first);
    await say(happened === 1 ? 'happened' : 'again', 1);
    await say(happened === 1 ? 'again' : 'happened', 2);
    await at.workOff();
    expect([at.outside.seen(at.first), at.outside.seen(at.payload(2)), at.ends]).toEqual([1, 1, ['done', 'done']]);
  });

  test('of another shop is never touched', async () => {
    const other = await testShop(at.world, { domain: 'other.example.test' });
    await at.owed();
    await at.worker().drain(other);
    await at.world.inShop(other, (scope) => forgetEffectsOf(scope, CUSTOMER));
    expect([await at.states(), at.outside.seen(at.first)]).toEqual([['queued'], 0]);
  });
}
