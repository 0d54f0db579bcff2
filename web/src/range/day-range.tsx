import { DayPicker as PersianPicker, enUS as persianEnglish, faIR as persianFarsi } from '@daypicker/persian';
import { DayPicker } from '@daypicker/react';
import { enUS, faIR } from '@daypicker/react/locale';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../format/provider.tsx';
import { directionOf } from '../i18n/locale.ts';
import { Button, InlineStack } from '../ui/index.ts';
import '@daypicker/react/style.css';
import './day-range.css';
import type { Range } from './range.ts';

const two = (value: number): string => String(value).padStart(2, '0');
/** The picker works with days of the browser's own zone; only year, month and day are taken from it. */
const textOf = (date: Date): string => `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
const dateOf = (day: string): Date => new Date(`${day}T12:00:00`);

/** Two days in a calendar of the shop's kind. */
export default function DayRange({ range, onChoose }: { range: Range; onChoose: (range: Range) => void }) {
  const { t } = useTranslation();
  const { habits } = useFormat();
  const [picked, setPicked] = useState<{ from?: Date | undefined; to?: Date | undefined }>({
    from: dateOf(range.from),
    to: dateOf(range.to),
  });
  const farsi = habits.locale === 'fa';
  const common = {
    mode: 'range' as const,
    selected: { from: picked.from, to: picked.to },
    onSelect: (next: { from?: Date | undefined; to?: Date | undefined } | undefined) => setPicked(next ?? {}),
    defaultMonth: dateOf(range.to),
    dir: directionOf(habits.locale),
    numerals: farsi ? ('arabext' as const) : ('latn' as const),
  };
  const { from, to } = picked;
  return (
    <>
      {habits.calendar === 'persian' ? (
        <PersianPicker {...common} locale={farsi ? persianFarsi : persianEnglish} />
      ) : (
        <DayPicker {...common} locale={farsi ? faIR : enUS} />
      )}
      <InlineStack align="end">
        <Button
          variant="primary"
          disabled={!from || !to}
          onClick={() => from && to && onChoose({ from: textOf(from), to: textOf(to) })}
        >
          {t('range.apply')}
        </Button>
      </InlineStack>
    </>
  );
}
