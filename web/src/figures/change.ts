import type { Kind } from './figures.ts';

/** How far a figure moved: shares in percentage points, days in days, everything else in parts of what it was. */
export type Move = { direction: 'up' | 'down' | 'same'; size: number; unit: 'points' | 'days' | 'part' };

/** What is less than half of what is shown is no change. */
const SHOWN = { points: 0.1, days: 0.1, part: 0.001 } as const;
const UNITS: Record<Kind, Move['unit']> = {
  share: 'points',
  percent: 'points',
  days: 'days',
  count: 'part',
  money: 'part',
};

/** The move from one value to the next; null where there is nothing to compare. */
export function moveOf(kind: Kind, now: number | null, before: number | null): Move | null {
  if (now === null || before === null) return null;
  const unit = UNITS[kind];
  if (unit === 'part' && before <= 0) return now === before ? { direction: 'same', size: 0, unit } : null;
  const raw = unit === 'part' ? (now - before) / before : kind === 'share' ? (now - before) * 100 : now - before;
  const size = Math.abs(raw);
  if (size < SHOWN[unit] / 2) return { direction: 'same', size: 0, unit };
  return { direction: raw > 0 ? 'up' : 'down', size, unit };
}

/** Whether a move is good news; null where neither way is better. */
export const isGood = ({ direction }: Move, better: 'up' | 'down' | null): boolean | null =>
  better === null || direction === 'same' ? null : direction === better;
