import { useMemo } from 'react';
import { minorDigits } from '../../format/minor.ts';
import { useFormat } from '../../format/provider.tsx';
import type { Place } from './rule.form.ts';

/** How amounts and days are typed in this shop, and how an amount in minor units is shown. */
export function usePlace(): { place: Place; moneyOfMinor: (minor: number) => string } {
  const format = useFormat();
  const { currency, showToman, timeZone } = format.habits;
  return useMemo(
    () => ({
      place: { currency, showToman, timeZone },
      moneyOfMinor: (minor) => format.money(minor / 10 ** minorDigits(currency)),
    }),
    [currency, showToman, timeZone, format],
  );
}
