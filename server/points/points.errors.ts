import { badRequest, conflict, notFound } from '../shared/errors.ts';

export const notEnoughPoints = (wanted: number, available: number) =>
  conflict('points.not_enough', `This needs ${wanted} points; ${available} are available.`, { wanted, available });

export const unknownSpend = (id: string) => notFound('points.unknown_spend', `There is no spend "${id}".`);

export const unknownAdjustment = () =>
  notFound('points.unknown_adjustment', 'This customer has no such adjustment to undo.');

export const spendIsOver = (id: string, state: string) =>
  conflict('points.spend_settled', `The spend "${id}" is ${state} already.`, { state });

export const keyReused = (key: string) =>
  conflict('ledger.key_reused', `The key "${key}" was used for something else. Use a new one.`, { key });

export const wrongAmount = () =>
  badRequest('points.amount', 'Points are whole numbers above zero.', { field: 'points' });

export const wrongAdjustment = (most: number) =>
  badRequest('points.amount', `Points are a whole number other than zero, at most ${most} either way.`, {
    field: 'points',
    reason: 'out of range',
  });
