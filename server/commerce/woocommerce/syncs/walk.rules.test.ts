import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { guess, judge, type Place, START } from './walk.rules.ts';

const ASKED = 5;

type Change = { at: number; gone: number[]; back: number[]; added: number };

/** A store's list, changed after some of the requests, walked to its end. */
function walked(count: number, changes: Change[], { from = START, perPage = ASKED } = {}) {
  let list = Array.from({ length: count }, (_, index) => (index + 1) * 2);
  const always = new Set(list);
  let newest = 1_000;
  const taken: number[] = [];
  let place: Place = from;
  for (let request = 0; request < 1_000; request += 1) {
    const ids = list.slice(place.offset, place.offset + perPage);
    const judged = judge(place, { ids, length: ids.length });
    if (judged.fresh) taken.push(...ids.filter((id) => id > place.last));
    place = judged.place;
    if (judged.done) return { taken, always: [...always], place, request };
    for (const { at, gone, back, added } of changes) {
      if (at !== request) continue;
      for (const id of gone) always.delete(id);
      const restored = back.map((id) => id * 2 - 1).filter((id) => !list.includes(id));
      const fresh = Array.from({ length: added }, () => (newest += 1));
      list = [...list.filter((id) => !gone.includes(id)), ...restored, ...fresh].sort((a, b) => a - b);
    }
  }
  throw new Error('the walk did not end');
}

describe('a walk through a list that changes meanwhile', () => {
  test('takes each thing once where nothing changes, and asks once more for the end', () => {
    for (const count of [0, 1, 2, 4, 5, 6, 9, 10, 37]) {
      const { taken, always, request } = walked(count, []);
      expect(taken).toEqual(always);
      expect(request).toBeLessThanOrEqual(Math.ceil(count / (ASKED - 1)) + 1);
    }
  });

  test('an order that goes to the bin between two pages hides no other', () => {
    const { taken } = walked(12, [{ at: 0, gone: [2, 4, 6], back: [], added: 0 }]);
    expect(taken).toEqual([2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24]);
  });

  test('not even where so many go that the next page lies behind the end', () => {
    const gone = [2, 4, 6, 8, 10];
    expect(walked(7, [{ at: 0, gone, back: [], added: 0 }]).taken).toEqual([2, 4, 6, 8, 10, 12, 14]);
  });

  test('orders that come in are read too; what is there all the while is taken once, whatever changes', () => {
    const id = fc.integer({ min: 1, max: 40 });
    const change = fc.record({
      at: fc.nat(25),
      gone: fc.uniqueArray(id.map((n) => n * 2)),
      back: fc.uniqueArray(id, { maxLength: 12 }),
      added: fc.nat(7),
    });
    fc.assert(
      fc.property(fc.nat(40), fc.array(change, { maxLength: 6 }), (count, changes) => {
        const { taken, always } = walked(count, changes);
        expect(new Set(taken).size).toBe(taken.length);
        for (const one of always) expect(taken).toContain(one);
      }),
      { numRuns: 500 },
    );
  });

  test('a store that gives shorter pages than it is asked for is read to its end', () => {
    expect(walked(20, [], { perPage: 3 }).taken).toHaveLength(20);
    expect(walked(20, [], { perPage: 2 }).taken).toHaveLength(20);
  });

  test('it goes on where it was, wherever that now is', () => {
    fc.assert(
      fc.property(fc.nat(40), fc.nat(90), fc.nat(60), (count, last, offset) => {
        const { taken, always } = walked(count, [], { from: { last, offset, longest: 0 } });
        expect(taken).toEqual(always.filter((one) => one > last));
      }),
    );
  });
});

test('the page after the next is guessed by how long pages are', () => {
  expect(guess(START)).toBe(99);
  expect(guess({ last: 9, offset: 198, longest: 50 })).toBe(247);
});
