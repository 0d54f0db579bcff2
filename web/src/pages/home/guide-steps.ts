import type { ProgramVersion } from '../../api/program.ts';
import type { ShopView } from '../../api/shop.ts';
import type { ShopStatus } from '../../api/shop-status.ts';

export type StepName = 'connected' | 'history' | 'program' | 'tiers' | 'costs' | 'theme';
export type StepState = 'done' | 'todo' | 'running' | 'failed' | 'absent';
/** `progress`: things that are in, of so many where it is known. */
export type Step = {
  name: StepName;
  state: StepState;
  progress?: { done: number; total: number | null };
  url: string | null;
};

type Known = { shop: ShopView; status: ShopStatus; program: ProgramVersion; reviewed: boolean };

const READING = ['customers', 'products', 'orders'];

function history({ syncs, lastOrder }: ShopStatus): Step {
  const orders = syncs.find(({ kind }) => kind === 'orders');
  const readings = syncs.filter(({ kind }) => READING.includes(kind));
  const step = { name: 'history', url: '/activity?tab=jobs' } as const;
  if (orders?.state === 'done') return { ...step, state: 'done', progress: orders };
  if (readings.some(({ state }) => state === 'failed')) return { ...step, state: 'failed' };
  if (readings.some(({ state }) => state === 'asked' || state === 'loading')) {
    return { ...step, state: 'running', ...(orders && orders.done > 0 ? { progress: orders } : {}) };
  }
  // A store that nothing can be read of gets its history from a file.
  return { ...step, state: lastOrder === null ? 'todo' : 'done', url: '/settings?tab=data' };
}

/** What is to be done until everything works, each with its state. */
export function guideSteps({ shop, status, program, reviewed }: Known): Step[] {
  const { grossMargin, acquisitionCost, pointCost } = shop.economics;
  const isDone = (done: boolean): StepState => (done ? 'done' : 'todo');
  const costs = grossMargin !== null && acquisitionCost !== null && pointCost !== null;
  return [
    { name: 'connected', state: isDone(shop.state === 'installed'), url: '/settings?tab=connection' },
    history(status),
    { name: 'program', state: isDone(reviewed || program.version > 1), url: '/program' },
    { name: 'tiers', state: isDone(program.rules.tiers?.enabled === true), url: '/program' },
    { name: 'costs', state: isDone(costs), url: '/settings' },
    { name: 'theme', state: 'absent', url: null },
  ];
}

/** How many of the steps that can be taken today are done. */
export function progressOf(steps: readonly Step[]): { done: number; of: number } {
  const counted = steps.filter(({ state }) => state !== 'absent');
  return { done: counted.filter(({ state }) => state === 'done').length, of: counted.length };
}
