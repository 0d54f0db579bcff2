import { describe, expect, it } from 'vitest';
import { testClock } from '../shared/clock.ts';
import { customerOf, versioned } from './imports.orders.ts';
import type { ImportedOrder } from './imports.types.ts';
import { type MessageOptions, messagesOf } from './replay.messages.ts';

async function* orders(count: number): AsyncGenerator<ImportedOrder> {
  for (let id = 1; id <= count; id += 1) {
    if (id % 100 === 50) yield { ok: false, line: id, reason: 'unreadable' };
    const order = versioned({
      platformId: String(id),
      number: `#${id}`,
      customer: customerOf({ platformId: '1', email: null, phone: null }),
      placedAt: id,
      paidAt: id,
      cancelledAt: null,
      financial: 'paid',
      test: false,
      currency: 'USD',
      total: id,
      shipping: 0,
      tax: 0,
      discount: 0,
      creditPaid: 0,
      source: 'web',
      checkoutToken: null,
      discountCodes: [],
      fulfilledAt: null,
      lines: [],
      refunds: [],
      acceptsMarketing: false,
    });
    yield { ok: true, line: id, order };
  }
}

/** The ids in the order in which they would go out, with what was counted. */
async function sequence(options: Partial<MessageOptions>) {
  const counts = { duplicates: 0, unreadable: 0 };
  let windows = 0;
  const given = { domain: 'a', secret: 's', seed: 1, clock: testClock(), ...options };
  const messages = await Array.fromAsync(
    messagesOf(orders(1000), given, counts, () => {
      windows += 1;
    }),
  );
  return { ids: messages.map(({ body }) => JSON.parse(body.toString()).id as number), counts, windows };
}

describe('messagesOf', () => {
  it('keeps the order of the file, and counts what it leaves out', async () => {
    const { ids, counts } = await sequence({});
    expect(ids).toEqual(Array.from({ length: 1000 }, (_, index) => index + 1));
    expect(counts).toEqual({ duplicates: 0, unreadable: 10 });
  });

  it('shuffles each window in itself, the same way for the same seed', async () => {
    const { ids, windows } = await sequence({ shuffle: 100 });
    expect(windows).toBeGreaterThanOrEqual(10);
    for (let start = 0; start < 1000; start += 100) {
      const window = ids.slice(start, start + 100);
      expect(window).not.toEqual([...window].sort((a, b) => a - b));
      expect([...window].sort((a, b) => a - b)).toEqual(Array.from({ length: 100 }, (_, index) => start + index + 1));
    }
    expect((await sequence({ shuffle: 100 })).ids).toEqual(ids);
    expect((await sequence({ shuffle: 100, seed: 2 })).ids).not.toEqual(ids);
  });

  it('puts the second copy behind the first, in the same window', async () => {
    const { ids, counts } = await sequence({ shuffle: 50, duplicate: 0.3 });
    expect(ids).toHaveLength(1000 + counts.duplicates);
    expect(counts.duplicates).toBeGreaterThan(230);
    expect(counts.duplicates).toBeLessThan(370);
    for (const id of new Set(ids)) {
      const distance = ids.lastIndexOf(id) - ids.indexOf(id);
      expect(distance).toBeLessThan(100);
      expect(ids.filter((other) => other === id).length).toBe(distance === 0 ? 1 : 2);
    }
    expect((await sequence({ duplicate: 1 })).ids).toHaveLength(2000);
    expect((await sequence({ duplicate: 0 })).counts.duplicates).toBe(0);
  });
});
