import { describe, expect, test } from 'vitest';
import { PAGE_SIZE, pageOfCustomers } from './customers.ts';

const line = (id: number) => ({
  id: String(id),
  email: null,
  name: null,
  points: 0,
  tier: null,
  orders: 0,
  revenue: 0,
});
type Asked = { cursor?: string; limit: number };

/** Answers one after another, of so many customers each; the last of them has no next one unless `endless`. */
function answering(sizes: number[], endless = false) {
  const asked: Asked[] = [];
  let made = 0;
  const ask = async (wanted: object) => {
    asked.push(wanted as Asked);
    const size = sizes[asked.length - 1] ?? 0;
    const items = Array.from({ length: size }, () => line(made++));
    const last = !endless && asked.length >= sizes.length;
    return { items, nextCursor: last ? null : `c${asked.length}`, total: null, asOf: 1 };
  };
  return { ask, asked };
}

describe('a page of customers', () => {
  test('is one answer where that is full', async () => {
    const { ask, asked } = answering([PAGE_SIZE, 1]);
    expect(await pageOfCustomers({ query: 'a' }, ask)).toMatchObject({ nextCursor: 'c1' });
    expect(asked).toEqual([{ query: 'a', cursor: undefined, limit: PAGE_SIZE }]);
  });

  test('goes on where answers are short, and asks for what is missing', async () => {
    const { ask, asked } = answering([10, 0, 15, 5]);
    const page = await pageOfCustomers({ cursor: 'here' }, ask);
    expect(page.items.map(({ id }) => id)).toEqual(Array.from({ length: 25 }, (_, n) => String(n)));
    expect(page.nextCursor).toBe('c3');
    expect(asked.map(({ cursor, limit }) => [cursor, limit])).toEqual([
      ['here', 25],
      ['c1', 15],
      ['c2', 15],
    ]);
  });

  test('stops after some answers, and says where to go on', async () => {
    const { ask, asked } = answering([], true);
    expect(await pageOfCustomers({}, ask)).toMatchObject({ items: [], nextCursor: 'c4' });
    expect(asked).toHaveLength(4);
  });

  test('ends where there are no more', async () => {
    const { ask } = answering([3, 2]);
    expect(await pageOfCustomers({}, ask)).toMatchObject({ items: { length: 5 }, nextCursor: null });
  });
});
