import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import type { Kpis } from '../../api/numbers.ts';
import { type Cell, Heatmap, type HeatRow } from '../../charts/heatmap.tsx';
import { useFormat } from '../../format/provider.tsx';
import { Button, ButtonGroup, csvOf, download, groupLink, InlineStack } from '../../ui/index.ts';
import { type CohortRow, cohortRows, type Shown, together } from './cohort-rows.ts';
import { type Of, Part } from './part.tsx';

const SHOWN = ['retention', 'revenue', 'cumulative'] as const;

/** What the cells show, from the address. */
function useShown(): [Shown, (next: Shown) => void] {
  const [params, setParams] = useSearchParams();
  const shown = SHOWN.find((one) => one === params.get('show')) ?? 'retention';
  const choose = (next: Shown): void =>
    setParams((before) => {
      const after = new URLSearchParams(before);
      after.set('show', next);
      return after;
    });
  return [shown, choose];
}

function save(rows: readonly CohortRow[], shown: Shown, words: { month: string; size: string }): void {
  const longest = Math.max(0, ...rows.map(({ months }) => months.length));
  const after = Array.from({ length: longest }, (_, month) => month);
  const lines = rows.map(({ key, size, months }) => [key, size, ...after.map((month) => months[month] ?? null)]);
  download(`cohorts-${shown}.csv`, csvOf([[words.month, words.size, ...after], ...lines]));
}

function CohortMap({ numbers, shown }: { numbers: Kpis; shown: Shown }) {
  const { t } = useTranslation('insights');
  const { t: common } = useTranslation();
  const format = useFormat();
  const rows = cohortRows(numbers, shown);
  const write = (value: number): string => (shown === 'retention' ? format.percent(value) : format.money(value, true));
  const all = together(rows, shown);
  const cellOf = (row: CohortRow, month: number, value: number): Cell => {
    const group = month === 0 ? `cohort:${row.key}` : `cohort:${row.key}:${month}`;
    const label = t('cohorts.cell', { value: write(value), cohort: format.month(row.key), month: format.count(month) });
    const open = row.open && month === row.months.length - 1;
    // Everybody bought in the first month: its colour would outshine all others.
    return {
      value: shown === 'retention' && month === 0 ? 0 : value,
      text: write(value),
      url: groupLink({ group }),
      label,
      open,
    };
  };
  const heat: HeatRow[] = [
    {
      key: 'all',
      title: t(shown === 'retention' ? 'cohorts.all' : 'cohorts.allEach'),
      cells: all.map((value, month) => ({
        value: value === null ? null : shown === 'retention' && month > 0 ? value : 0,
        text: value === null ? '' : write(value),
        label: '',
      })),
    },
    ...rows.map((row) => ({
      key: row.key,
      title: `${format.month(row.key)} (${format.count(row.size)})`,
      cells: row.months.map((value, month) => cellOf(row, month, value)),
    })),
  ];
  return (
    <>
      <Heatmap
        caption={t(`cohorts.caption.${shown}`)}
        corner={t('cohorts.corner')}
        columns={all.map((_, month) => ({ key: String(month), title: format.count(month) }))}
        rows={heat}
        openNote={t('cohorts.open')}
      />
      <InlineStack align="end">
        <Button
          variant="tertiary"
          onClick={() => save(rows, shown, { month: t('cohorts.month'), size: t('cohorts.size') })}
        >
          {common('actions.downloadCsv')}
        </Button>
      </InlineStack>
    </>
  );
}

/** Customers by the month of their first order, and what became of them month by month. */
export function Cohorts({ query }: Of) {
  const { t } = useTranslation('insights');
  const [shown, choose] = useShown();
  const modes = (
    <ButtonGroup variant="segmented">
      {SHOWN.map((one) => (
        <Button key={one} pressed={one === shown} onClick={() => choose(one)}>
          {t(`cohorts.show.${one}`)}
        </Button>
      ))}
    </ButtonGroup>
  );
  return (
    <Part title={t('tabs.cohorts')} text={t(`cohorts.text.${shown}`)} query={query} room={34} action={modes}>
      {(numbers) => <CohortMap numbers={numbers} shown={shown} />}
    </Part>
  );
}
