import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testShop, testWorld, type World } from '../db/testing.ts';
import { deliver, orderState } from '../points/world.fixtures.ts';
import { isAppError } from '../shared/errors.ts';
import type { Command, Values } from './command.ts';
import { deliveriesReplay } from './deliveries.commands.ts';
import { jobsRun } from './jobs.commands.ts';
import { ledgerBalance, ledgerVerify } from './ledger.commands.ts';
import { kpisCommand } from './numbers.commands.ts';
import { importOrdersCommand, replay } from './orders.commands.ts';
import { shopAdd } from './shops.commands.ts';
import { tiersHistory, tiersPreview, tiersSet } from './tiers.commands.ts';

let world: World;
beforeAll(async () => {
  world = await testWorld();
  await testShop(world);
});
afterAll(() => world.close());

const shop = 'shop.example.test';
const add = { platform: 'shopify', domain: 'x.example.test', currency: 'USD', 'time-zone': 'UTC' };
const range = { from: '2025-03-01', to: '2025-03-31' };
const simple = { shop, format: 'simple-csv' };
const url = 'http://127.0.0.1:1';

/** Each is the caller's fault: a sentence that says what to do, under a code below 500, which makes exit code 2. */
const WRONG: [name: string, command: Command, values: Values, words: string[], sentence: RegExp][] = [
  ['shop add without a domain', shopAdd, { ...add, domain: undefined }, [], /--domain is missing/],
  ['shop add of a known shop', shopAdd, { ...add, domain: 'SHOP.example.test' }, [], /registered already/],
  ['shop add of no host', shopAdd, { ...add, domain: 'no host' }, [], /no host name/],
  ['shop add with a vague day', shopAdd, { ...add, 'program-start': 'soon' }, [], /YYYY-MM-DD/],
  ['shop add with a day that is none', shopAdd, { ...add, 'program-start': '2025-02-30' }, [], /YYYY-MM-DD/],
  ['shop add on Mars', shopAdd, { ...add, 'time-zone': 'Mars/Olympus' }, [], /time zone/],
  ['shop add with a made-up currency', shopAdd, { ...add, currency: 'dollars' }, [], /three letters/],
  ['shop add on another platform', shopAdd, { ...add, platform: 'magento' }, [], /shopify, woocommerce/],
  ['kpis backwards', kpisCommand, { shop, from: range.to, to: range.from }, [], /"from" lies after "to"/],
  ['kpis of a month', kpisCommand, { shop, ...range, from: 'March' }, [], /"from" has to be a day/],
  ['kpis without a range', kpisCommand, { shop }, [], /--from is missing/],
  ['kpis of an unknown shop', kpisCommand, { ...range, shop: 'nobody' }, [], /There is no shop "nobody"/],
  ['ledger verify of no shop', ledgerVerify, {}, [], /--shop is missing/],
  ['ledger balance of a stranger', ledgerBalance, { shop, customer: 'nobody@example.test' }, [], /no customer "nobody/],
  ['jobs run of an unknown job', jobsRun, {}, ['dance'], /there is no job "dance"/],
  ['jobs run of an inherited name', jobsRun, {}, ['toString'], /there is no job "toString"/],
  ['jobs run at a vague time', jobsRun, { now: 'later' }, ['mature'], /--now has to be an instant/],
  ['import of a missing file', importOrdersCommand, simple, ['/nowhere.csv'], /nowhere\.csv/],
  ['import of no file', importOrdersCommand, simple, [], /the file is missing/],
  ['import in an unknown format', importOrdersCommand, { shop, format: 'xls' }, ['x.csv'], /--format has to be one of/],
  ['replay with too many duplicates', replay, { shop, url, duplicate: '2' }, ['x.csv'], /--duplicate/],
  ['replay of no file', replay, { shop, url }, [], /the file is missing/],
  ['replay to nowhere', replay, { shop, url: 'ftp://x' }, ['x.csv'], /http or https/],
  ['tiers of no file', tiersPreview, { shop }, [], /the file is missing/],
  ['tiers of a missing file', tiersSet, { shop }, ['/nowhere.json'], /cannot be read as JSON/],
  ['tiers of a file of something else', tiersSet, { shop }, ['package.json'], /does not define tiers[\s\S]*levels/],
  ['the tiers of a stranger', tiersHistory, { shop, customer: 'x@example.test' }, [], /no customer "x@/],
  ['a delivery that is not there', deliveriesReplay, { shop }, ['nothing'], /no such delivery/],
];

describe('wrong use is refused with a sentence', () => {
  test.each(WRONG)('%s', async (_name, command, values, words, sentence) => {
    const run = async () => command.run({ core: world, values, words });
    const error = await run().catch((caught: unknown) => caught);
    expect(isAppError(error) && error.status < 500).toBe(true);
    expect((error as Error).message).toMatch(sentence);
  });
});

test('jobs run knows an instant in both ways of writing it, and all shops where none is named', async () => {
  for (const now of ['2026-01-01T00:00:00Z', '1767225600000']) {
    for (const name of ['mature', 'expire', 'tiers', 'rebuild', 'inbox']) {
      const { json } = await jobsRun.run({ core: world, values: { now }, words: [name] });
      expect(json).toEqual({ job: name, shops: [{ shop, done: 0 }] });
    }
  }
});

test('tiers are previewed, set and explained from a file', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'bazgasht-tiers-'));
  const file = join(folder, 'tiers.json');
  const levels = [{ id: 'friend', name: 'Friend', threshold: 50, entryBonus: 5 }];
  writeFileSync(file, JSON.stringify({ enabled: true, metric: 'spend', levels }));
  try {
    const id = await testShop(world, { domain: 'tiers.example.test' });
    await world.inShop(id, (scope) => deliver(scope, { kind: 'order', order: orderState() }));
    const values = { shop: 'tiers.example.test', customer: '101' };
    const call = (command: Command) => command.run({ core: world, values, words: [file] });
    const preview = await call(tiersPreview);
    expect(preview.json).toMatchObject({ members: 1, up: 1, down: 0, entryBonuses: 5 });
    expect(preview.text).toMatch(/1 up at once[\s\S]*–\t→ friend\t1/);
    expect((await call(tiersHistory)).json).toEqual({ moves: [] });
    expect((await call(tiersSet)).json).toEqual({ version: 2, members: 1, moved: 1, enabled: true });
    expect((await call(ledgerBalance)).json).toMatchObject({ available: 105, tier: 'friend' });
    const history = await call(tiersHistory);
    expect(history.json).toMatchObject({ moves: [{ from: null, to: 'friend', reason: 'reached', actor: 'operator' }] });
    expect(history.text).toMatch(/– → friend\treached\tspend 10000 of 50\toperator/);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
