import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router';
import { useShop } from '../api/shop.ts';
import { isDay, PRESETS, type Preset, presetRange, previousRange, type Range } from './range.ts';

export type Chosen = { range: Range; previous: Range; preset: Preset | null };

/**
 * The range of days in the address, so that a link keeps it: `?range=last30` or `?from=…&to=…`. Null until the shop's own
 * day is known.
 * @param fallback what is in force until the merchant chooses
 */
export function useRange(fallback: Preset = 'last30'): {
  chosen: Chosen | null;
  choose: (next: Preset | Range) => void;
} {
  const { data: shop } = useShop();
  const [params, setParams] = useSearchParams();
  const [from, to, named] = [params.get('from'), params.get('to'), params.get('range')];
  const chosen = useMemo(() => {
    if (isDay(from) && isDay(to) && from <= to) {
      const range = { from, to };
      return { range, previous: previousRange(range), preset: null };
    }
    if (!shop) return null;
    const preset = PRESETS.find((one) => one === named) ?? fallback;
    const range = presetRange(preset, shop.today, shop.calendar);
    return { range, previous: previousRange(range), preset };
  }, [from, to, named, shop, fallback]);
  const choose = useCallback(
    (next: Preset | Range) =>
      setParams((before) => {
        const after = new URLSearchParams(before);
        for (const name of ['from', 'to', 'range']) after.delete(name);
        if (typeof next === 'string') after.set('range', next);
        else for (const [name, day] of Object.entries(next)) after.set(name, day);
        return after;
      }),
    [setParams],
  );
  return { chosen, choose };
}
