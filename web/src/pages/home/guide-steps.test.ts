import { describe, expect, test } from 'vitest';
import type { ProgramVersion } from '../../api/program.ts';
import type { ShopView } from '../../api/shop.ts';
import type { ShopStatus } from '../../api/shop-status.ts';
import { guideSteps, progressOf, type StepName } from './guide-steps.ts';
import { stageOf } from './stage.ts';

const costs = { grossMargin: 0.4, acquisitionCost: 20, pointCost: 0.01 };
const shop = (fields: object = {}): ShopView => ({ state: 'installed', economics: costs, ...fields }) as ShopView;
const reading = (kind: string, state: string, done = 0, total: number | null = null) => ({ kind, state, done, total });
const status = (syncs: object[], lastOrder: object | null = null): ShopStatus => ({ syncs, lastOrder }) as ShopStatus;
const program = (version = 1, enabled = false): ProgramVersion =>
  ({ version, rules: { tiers: { enabled } } }) as unknown as ProgramVersion;

const stepOf = (name: StepName, known: Partial<Parameters<typeof guideSteps>[0]>) =>
  guideSteps({ shop: shop(), status: status([]), program: program(), reviewed: false, ...known }).find(
    (step) => step.name === name,
  );

describe('the history of a shop', () => {
  test('is under way as long as customers or orders are read, with how far it is', () => {
    const syncs = [reading('customers', 'done', 3), reading('orders', 'loading', 40, 100)];
    expect(stepOf('history', { status: status(syncs) })).toMatchObject({
      state: 'running',
      progress: { done: 40, total: 100 },
    });
    const first = [reading('customers', 'asked'), reading('orders', 'waiting')];
    expect(stepOf('history', { status: status(first) })?.state).toBe('running');
  });

  test('is read, has failed, or comes from a file', () => {
    expect(stepOf('history', { status: status([reading('orders', 'done', 9, 9)]) })?.state).toBe('done');
    expect(stepOf('history', { status: status([reading('orders', 'failed')]) })?.state).toBe('failed');
    expect(stepOf('history', { status: status([]) })).toMatchObject({ state: 'todo', url: '/settings?tab=data' });
    expect(stepOf('history', { status: status([], { number: '1' }) })?.state).toBe('done');
  });
});

describe('the other steps', () => {
  test('are done by what the shop has', () => {
    expect(stepOf('connected', { shop: shop({ state: 'uninstalled' }) })?.state).toBe('todo');
    expect(stepOf('program', {})?.state).toBe('todo');
    expect(stepOf('program', { reviewed: true })?.state).toBe('done');
    expect(stepOf('program', { program: program(2) })?.state).toBe('done');
    expect(stepOf('tiers', { program: program(1, true) })?.state).toBe('done');
    expect(stepOf('costs', {})?.state).toBe('done');
    expect(stepOf('costs', { shop: shop({ economics: { ...costs, pointCost: null } }) })?.state).toBe('todo');
  });

  test('count without what cannot be done today', () => {
    const steps = guideSteps({ shop: shop(), status: status([]), program: program(), reviewed: true });
    expect(steps.find(({ name }) => name === 'theme')).toEqual({ name: 'theme', state: 'absent', url: null });
    expect(progressOf(steps)).toEqual({ done: 3, of: 5 });
  });
});

test.each([
  [0, null, 1],
  [0, '2024-01-01', 2],
  [1, '2026-01-01', 2],
  [10, '2026-01-01', 2],
  [11, '2026-01-01', 3],
  [149, '2026-01-01', 3],
  [150, '2026-01-01', 4],
  [500, '2026-01-01', 4],
  [501, '2026-01-01', 5],
  [3, null, 2],
])('%i orders in 30 days, the first customer since %s: stage %i', (orders, first, stage) => {
  expect(stageOf({ orders, first_order_date: first })).toBe(stage);
});
