import { AsyncLocalStorage } from 'node:async_hooks';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createWakeUps } from './wake-ups.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A network that is as slow, and as broken, as a test says. */
function network() {
  const messages: string[] = [];
  const errors: unknown[] = [];
  const ends: { resolve: () => void; reject: (error: Error) => void }[] = [];
  const wakeUps = createWakeUps({
    deliver: (topic, shops) => {
      messages.push(`${topic} ${shops.join(' ')}`);
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      ends.push({ resolve, reject });
      return promise;
    },
    onError: (error) => errors.push(error),
  });
  return {
    wakeUps,
    messages,
    errors,
    end: () => ends.shift()?.resolve(),
    fail: () => ends.shift()?.reject(new Error('away')),
  };
}

test('what is waked in one turn goes together, each shop once', async () => {
  const { wakeUps, messages } = network();
  for (const shop of [1, 2, 1, 3, 2]) wakeUps.send('inbox', shop);
  wakeUps.send('points', 1);
  await vi.advanceTimersByTimeAsync(1);
  expect(messages).toEqual(['inbox 1 2 3', 'points 1']);
});

test('a shop that is waked while its message is under way is named again, once', async () => {
  const { wakeUps, messages, end } = network();
  wakeUps.send('inbox', 1);
  await vi.advanceTimersByTimeAsync(1);
  for (let times = 0; times < 1_000; times += 1) wakeUps.send('inbox', 1);
  expect(messages).toEqual(['inbox 1']);
  end();
  await vi.advanceTimersByTimeAsync(100);
  expect(messages).toEqual(['inbox 1', 'inbox 1']);
  end();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(messages).toHaveLength(2);
});

test('a flood for a second makes some twenty messages', async () => {
  const { wakeUps, messages, end } = network();
  for (let ms = 0; ms < 1_000; ms += 1) {
    wakeUps.send('inbox', 1 + (ms % 7));
    await vi.advanceTimersByTimeAsync(1);
    end();
  }
  expect(messages.length).toBeGreaterThan(10);
  expect(messages.length).toBeLessThanOrEqual(22);
});

test('a message that fails is said again until it gets through', async () => {
  const { wakeUps, messages, errors, end, fail } = network();
  wakeUps.send('inbox', 1);
  await vi.advanceTimersByTimeAsync(1);
  fail();
  wakeUps.send('inbox', 2);
  await vi.advanceTimersByTimeAsync(1_100);
  expect([messages, errors]).toEqual([['inbox 1', 'inbox 2 1'], [new Error('away')]]);
  end();
  await vi.advanceTimersByTimeAsync(100);
  expect(messages).toHaveLength(2);
});

test('a stop delivers what waits, once, and takes nothing new', async () => {
  const { wakeUps, messages, end, fail } = network();
  wakeUps.send('inbox', 1);
  await vi.advanceTimersByTimeAsync(1);
  end();
  await vi.advanceTimersByTimeAsync(1);
  wakeUps.send('inbox', 2);
  const stopped = wakeUps.stop();
  await vi.advanceTimersByTimeAsync(1);
  fail();
  await stopped;
  wakeUps.send('inbox', 3);
  await vi.advanceTimersByTimeAsync(5_000);
  expect(messages).toEqual(['inbox 1', 'inbox 2']);
});

test('a stop while a message is under way delivers what came behind it, too', async () => {
  const { wakeUps, messages, end } = network();
  wakeUps.send('inbox', 1);
  await vi.advanceTimersByTimeAsync(1);
  wakeUps.send('inbox', 2);
  const stopped = wakeUps.stop();
  end();
  await vi.advanceTimersByTimeAsync(1);
  end();
  await stopped;
  expect(messages).toEqual(['inbox 1', 'inbox 2']);
});

test('nothing of what woke goes with the message', async () => {
  const inside = new AsyncLocalStorage<string>();
  const seen: unknown[] = [];
  const wakeUps = createWakeUps({ deliver: async () => seen.push(inside.getStore()), onError: () => undefined });
  inside.run('a transaction', () => wakeUps.send('inbox', 1));
  await vi.advanceTimersByTimeAsync(1);
  expect(seen).toEqual([undefined]);
});
