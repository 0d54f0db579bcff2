import { wholeOfTyped } from '../../../format/minor.ts';

export type AdjustForm = { direction: 'give' | 'take'; points: string; reason: string };
export const EMPTY: AdjustForm = { direction: 'give', points: '', reason: '' };

const MOST = 1_000_000_000;
/** Characters that a reason cannot have: not every database holds them, and nobody can read them. */
const UNREADABLE = /[\p{Cc}\p{Cs}]/u;

export type AdjustFault = 'badPoints' | 'tooMany' | 'badReason';

/** What a form asks for, or what is wrong with each of its fields. */
export function adjustmentOf(
  { direction, points: typed, reason: written }: AdjustForm,
  available: number,
): { points: number | null; reason: string; faults: { points?: AdjustFault; reason?: AdjustFault } } {
  const amount = wholeOfTyped(typed);
  const reason = written.trim();
  const faults: { points?: AdjustFault; reason?: AdjustFault } = {};
  if (amount === null || amount < 1 || amount > MOST) faults.points = 'badPoints';
  else if (direction === 'take' && amount > available) faults.points = 'tooMany';
  if (reason === '' || reason.length > 500 || UNREADABLE.test(reason)) faults.reason = 'badReason';
  const points = amount === null || amount < 1 ? null : direction === 'take' ? -amount : amount;
  return { points, reason, faults };
}
