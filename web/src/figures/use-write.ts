import { useTranslation } from 'react-i18next';
import { useFormat } from '../format/provider.tsx';
import type { Change } from '../ui/index.ts';
import { isGood, type Move, moveOf } from './change.ts';
import type { Kind } from './figures.ts';

/** From here on, amounts and counts are written short: a tile has room for some ten characters. */
const LONG = 10_000_000;

/** Writes values and changes of figures. */
export function useWrite() {
  const { t } = useTranslation('figures');
  const format = useFormat();
  const value = (kind: Kind, given: number | null): string | null => {
    if (given === null) return null;
    switch (kind) {
      case 'share':
        return format.percent(given);
      case 'percent':
        return format.percent(given / 100);
      case 'count':
        return format.count(given);
      case 'money':
        return format.money(given, Math.abs(given) >= LONG);
      case 'days':
        return format.days(given);
    }
  };
  const size = ({ unit, size: given }: Move): string => {
    switch (unit) {
      case 'points':
        return t(given.toFixed(1) === '1.0' ? 'change.point' : 'change.points', { n: format.decimal(given) });
      case 'days':
        return format.days(given);
      case 'part':
        return format.percent(given);
    }
  };
  const change = (
    kind: Kind,
    { now, before, better }: { now: number | null; before: number | null; better: 'up' | 'down' | null },
  ): Change | null => {
    const move = moveOf(kind, now, before);
    return move && { direction: move.direction, size: size(move), good: isGood(move, better) };
  };
  return { value, change };
}
