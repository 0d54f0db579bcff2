import { beforeEach, expect, it } from 'vitest';
import { aheadKey, forgetAll, noteStatement, recall, remember, touch } from './ahead.ts';
import type { Tx } from './database.ts';

type Row = { id: string; name: string };

let tx: Tx;
const [a, b, none] = [aheadKey(1, 'a'), aheadKey(1, 'b'), aheadKey(1, 'none')];
const rows = (key: string, table = 'orders') => recall<Row>(tx, table, key);

beforeEach(() => {
  tx = {} as Tx;
  remember<Row>(
    tx,
    'orders',
    [a, b, none],
    [
      [a, { id: '1', name: 'first' }],
      [b, { id: '2', name: 'second' }],
      ['nobody asked', { id: '3', name: 'third' }],
    ],
  );
  remember<Row>(tx, 'carts', [a], [[a, { id: '9', name: 'cart' }]]);
});

it('answers what was asked ahead, nothing being an answer, and says when it does not know', () => {
  expect(rows(a)).toEqual([{ id: '1', name: 'first' }]);
  expect(rows(none)).toEqual([]);
  expect(rows('nobody asked')).toBeUndefined();
  expect(rows(aheadKey(2, 'a'))).toBeUndefined();
  expect(recall({} as Tx, 'orders', a)).toBeUndefined();
});

it('gives copies away', () => {
  const [row] = rows(a) ?? [];
  if (row) row.name = 'changed';
  expect(rows(a)).toEqual([{ id: '1', name: 'first' }]);
});

it('forgets what a keyed write touches: its key, and the row under whatever key', () => {
  touch(tx, { table: 'orders', key: none, id: '1' });
  expect([rows(a), rows(b)?.length, rows(none)]).toEqual([undefined, 1, undefined]);
  expect(rows(a, 'carts')).toHaveLength(1);
});

it.each(['insert into "orders" ("id")', 'update "orders" set "name" = $1', 'delete from "orders" where'])(
  'forgets the whole table at another write: %s',
  (text) => {
    noteStatement(tx, text);
    expect([rows(a), rows(b), rows(none)]).toEqual([undefined, undefined, undefined]);
    expect(rows(a, 'carts')).toHaveLength(1);
  },
);

it('keeps everything at a question, and nothing at what it does not understand', () => {
  noteStatement(tx, 'select * from "orders"');
  expect(rows(a)).toHaveLength(1);
  noteStatement(tx, 'with gone as (delete from "orders" returning *) select * from gone');
  expect([rows(a), rows(a, 'carts')]).toEqual([undefined, undefined]);
});

it('ends with its transaction', () => {
  forgetAll(tx);
  expect(rows(a)).toBeUndefined();
});
