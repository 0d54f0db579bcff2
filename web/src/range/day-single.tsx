import { DayPicker as PersianPicker, enUS as persianEnglish, faIR as persianFarsi } from '@daypicker/persian';
import { DayPicker } from '@daypicker/react';
import { enUS, faIR } from '@daypicker/react/locale';
import { useFormat } from '../format/provider.tsx';
import { directionOf } from '../i18n/locale.ts';
import '@daypicker/react/style.css';
import './day-range.css';

const two = (value: number): string => String(value).padStart(2, '0');
/** The picker works with days of the browser's own zone; only year, month and day are taken from it. */
const textOf = (date: Date): string => `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;

/** One day in a calendar of the shop's kind. */
export default function DaySingle({ day, onChoose }: { day: string; onChoose: (day: string) => void }) {
  const { habits } = useFormat();
  const farsi = habits.locale === 'fa';
  const selected = day === '' ? undefined : new Date(`${day}T12:00:00`);
  const common = {
    mode: 'single' as const,
    selected,
    onSelect: (next: Date | undefined) => onChoose(next ? textOf(next) : ''),
    dir: directionOf(habits.locale),
    numerals: farsi ? ('arabext' as const) : ('latn' as const),
    ...(selected ? { defaultMonth: selected } : {}),
  };
  return habits.calendar === 'persian' ? (
    <PersianPicker {...common} locale={farsi ? persianFarsi : persianEnglish} />
  ) : (
    <DayPicker {...common} locale={farsi ? faIR : enUS} />
  );
}
