import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  pageOfEntries,
  type TimelineEntry,
  type TimelineKind,
  type TimelineSource,
} from '../features/timeline.rules.ts';
import { pageOfStream } from './timeline.rules.ts';

const KINDS: TimelineKind[] = ['tier', 'points', 'refund', 'order', 'consent', 'note', 'account'];
const keyOf = (n: number): string => String(n).padStart(12, '0');

type Told = { source: number; at: number; n: number };
/** Few instants, so that most of them have several entries, of one source and of others. */
const told = fc.uniqueArray(fc.record({ source: fc.nat(8), at: fc.nat(6), n: fc.nat(9) }), {
  maxLength: 60,
  selector: ({ source, at, n }) => `${source} ${at} ${n}`,
});

/** Nine sources: one of each kind, and two more chains of points. */
const nameOf = (source: number) => ({
  kind: KINDS[source] ?? ('points' as const),
  of: source > 6 ? `chain${source}` : '',
});
function sourcesOf(all: readonly Told[]): TimelineSource[] {
  return Array.from({ length: 9 }, (_, source) => {
    const { kind, of } = nameOf(source);
    const entries: TimelineEntry[] = all
      .filter((one) => one.source === source)
      .map(({ at, n }) => ({ key: keyOf(n), item: { id: `${source} ${at} ${n}`, at, kind, facts: {} } }));
    return { kind, of, read: async (before, limit) => pageOfEntries(entries, before, limit) };
  });
}

async function walk(all: readonly Told[], limit: number, between: (page: number) => Told[] = () => []) {
  const seen: string[] = [];
  let known = [...all];
  let cursor: string | undefined;
  for (let page = 0; page < 100; page += 1) {
    const { items, nextCursor } = await pageOfStream(sourcesOf(known), cursor, limit);
    expect(items.length).toBeLessThanOrEqual(limit);
    seen.push(...items.map(({ id }) => id));
    if (nextCursor === null) return seen;
    cursor = nextCursor;
    known = [...known, ...between(page)];
  }
  throw new Error('It never ends.');
}

/** By instant, newest first; the sources of one instant in their order; the keys of one source downwards. */
function inFull(all: readonly Told[]): string[] {
  const rank = (source: number) => (source > 6 ? 1 : source);
  return [...all]
    .sort((a, b) => b.at - a.at || rank(a.source) - rank(b.source) || a.source - b.source || b.n - a.n)
    .map(({ source, at, n }) => `${source} ${at} ${n}`);
}

describe('the stream of all sources', () => {
  test('is the same page by page as sorted in one go', () =>
    fc.assert(
      fc.asyncProperty(told, fc.integer({ min: 1, max: 20 }), async (all, limit) => {
        expect(await walk(all, limit)).toEqual(inFull(all));
      }),
    ));

  test('loses and repeats nothing while newer things are added', () =>
    fc.assert(
      fc.asyncProperty(told, fc.integer({ min: 1, max: 5 }), async (all, limit) => {
        const added = (page: number): Told[] => [{ source: page % 9, at: 7 + page, n: 0 }];
        expect(await walk(all, limit, added)).toEqual(inFull(all));
      }),
    ));

  test.each([
    'x',
    '',
    Buffer.from('{}').toString('base64url'),
    Buffer.from('[1,"order",""]').toString('base64url'),
    Buffer.from('[1,"wish","","1"]').toString('base64url'),
    Buffer.from('["1","order","","1"]').toString('base64url'),
    Buffer.from('[1.5,"order","","1"]').toString('base64url'),
    Buffer.from('[1,"order","","\\u0000"]').toString('base64url'),
    Buffer.from('[1,"points","c","abc"]').toString('base64url'),
  ])('refuses the cursor %j', async (cursor) => {
    await expect(pageOfStream(sourcesOf([]), cursor, 5)).rejects.toMatchObject({ code: 'api.cursor', status: 400 });
  });
});
