import { expect, test } from 'vitest';
import { testClock } from '../../../shared/clock.ts';
import { createPaces, pacesOf, trafficOf } from './store.pace.ts';

function setUp() {
  const clock = testClock();
  const waits: number[] = [];
  const sleep = async (ms: number) => {
    waits.push(ms);
    clock.advance(ms);
  };
  return { clock, waits, paces: createPaces({ now: () => clock.now(), sleep }) };
}
const fine = { slow: false, restMs: null };

/** Lets everything that can go on go on. */
const settle = () => new Promise((resolve) => setImmediate(resolve));

test('a store is asked two things at a time, whoever asks, in the order of asking', async () => {
  const { paces } = setUp();
  const order: number[] = [];
  const first = await paces.enter('https://a.example.test');
  const second = await paces.enter('https://a.example.test');
  const others = [1, 2, 3].map(async (number) => {
    const turn = await paces.enter('https://a.example.test');
    order.push(number);
    return turn;
  });
  await settle();
  expect(order).toEqual([]);
  await paces.enter('https://b.example.test');
  first.end(fine);
  await settle();
  expect(order).toEqual([1]);
  second.end(fine);
  (await others[0])?.end(fine);
  await settle();
  expect(order).toEqual([1, 2, 3]);
});

test('the slower a store answers, the longer the gap; a quick one is not kept waiting', async () => {
  const { clock, waits, paces } = setUp();
  const ask = async (ms: number) => {
    const turn = await paces.enter('https://a.example.test');
    clock.advance(ms);
    turn.end(fine);
    return turn;
  };
  for (let call = 0; call < 5; call += 1) await ask(20);
  expect(waits).toEqual([]);
  for (let call = 0; call < 30; call += 1) await ask(4_000);
  // Answers come one after another, and each takes longer than the gap: nothing to wait for.
  expect(waits).toEqual([]);
  const both = [await paces.enter('https://a.example.test'), await paces.enter('https://a.example.test')];
  expect(waits).toHaveLength(1);
  expect(waits[0]).toBeGreaterThan(900);
  expect(waits[0]).toBeLessThanOrEqual(1_000);
  for (const turn of both) turn.end(fine);
});

test('a store in trouble is asked ever more seldom, and soon again when it is well', async () => {
  const { waits, paces } = setUp();
  const ask = async (slow: boolean) => (await paces.enter('https://a.example.test')).end({ slow, restMs: null });
  for (let call = 0; call < 8; call += 1) await ask(true);
  expect(waits).toEqual([250, 500, 1_000, 2_000, 2_000, 2_000, 2_000]);
  waits.length = 0;
  for (let call = 0; call < 10; call += 1) await ask(false);
  expect(waits.at(-1)).toBe(250);
  await ask(false);
  expect(waits.at(-1)).toBe(250);
});

test('a store that asks for rest has it, from everybody', async () => {
  const { clock, waits, paces } = setUp();
  (await paces.enter('https://a.example.test')).end({ slow: true, restMs: 5_000 });
  (await paces.enter('https://a.example.test')).end(fine);
  expect(waits).toEqual([5_000]);
  (await paces.enter('https://a.example.test')).end({ slow: true, restMs: 600_000 });
  const refused = paces.enter('https://a.example.test');
  await expect(refused).rejects.toMatchObject({ code: 'woocommerce.throttled', details: { retryAfterMs: 600_000 } });
  // Those who were sent away hold no place.
  for (let call = 0; call < 3; call += 1) await paces.enter('https://a.example.test').catch(() => undefined);
  clock.advance(600_000);
  (await paces.enter('https://a.example.test')).end(fine);
});

test('what is remembered of stores has a bound, and who is being asked is not forgotten', async () => {
  const { paces } = setUp();
  const held = [await paces.enter('https://held.example.test'), await paces.enter('https://held.example.test')];
  for (let store = 0; store < 3_000; store += 1) (await paces.enter(`https://s${store}.example.test`)).end(fine);
  expect(paces.known()).toBe(2_000);
  let third = false;
  const waiting = paces.enter('https://held.example.test').then(() => {
    third = true;
  });
  await settle();
  expect(third).toBe(false);
  for (const turn of held) turn.end(fine);
  await waiting;
});

test('too many who wait are sent away', async () => {
  const { paces } = setUp();
  const all = Array.from({ length: 1_003 }, () =>
    paces.enter('https://a.example.test').then(
      () => 'in',
      () => 'away',
    ),
  );
  expect(await all[1_002]).toBe('away');
});

test('the time that stores took is measured once where two were asked together', async () => {
  const clock = testClock();
  const way = () => undefined;
  const sleep = async (ms: number) => void clock.advance(ms);
  expect(trafficOf(way)).toEqual({ calls: 0, waitingMs: 0, politeMs: 0 });
  const paces = pacesOf(way, { now: () => clock.now(), sleep });
  expect(pacesOf(way, { now: () => 0, sleep })).toBe(paces);
  const [one, two] = [await paces.enter('https://a.example.test'), await paces.enter('https://b.example.test')];
  clock.advance(100);
  one.end(fine);
  clock.advance(50);
  expect(trafficOf(way).waitingMs).toBe(150);
  two.end(fine);
  clock.advance(1_000);
  expect(trafficOf(way)).toEqual({ calls: 2, waitingMs: 150, politeMs: 0 });
});
