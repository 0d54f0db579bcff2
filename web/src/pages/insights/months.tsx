import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { Kpis } from '../../api/numbers.ts';
import { Bars } from '../../charts/bars.tsx';
import { useFormat } from '../../format/provider.tsx';
import type { Range } from '../../range/range.ts';
import { type Column, FigureTable, groupLink } from '../../ui/index.ts';
import { Legend, type Of, Part, Who } from './part.tsx';

type Row = Kpis['monthly'][string] & { key: string };

function MonthsTable({ rows, range }: { rows: Row[]; range: Range | null }) {
  const { t } = useTranslation('insights');
  const { t: common } = useTranslation();
  const format = useFormat();
  const who = (row: Row, count: number, kind: 'all' | 'new' | 'returning') => (
    <Who
      url={groupLink({ group: kind === 'all' ? `month:${row.key}` : `month:${row.key}:${kind}`, ...range })}
      shown={format.count(count)}
      what={`${t(`months.${kind}`)}, ${format.month(row.key)}`}
    />
  );
  const columns: Column<Row>[] = [
    { key: 'month', title: t('months.month'), cell: ({ key }) => format.month(key), csv: ({ key }) => key },
    {
      key: 'customers',
      title: t('months.all'),
      numeric: true,
      cell: (row) => who(row, row.customers, 'all'),
      csv: ({ customers }) => customers,
    },
    {
      key: 'new',
      title: t('months.new'),
      numeric: true,
      cell: (row) => who(row, row.new, 'new'),
      csv: (row) => row.new,
    },
    {
      key: 'returning',
      title: t('months.returning'),
      numeric: true,
      cell: (row) => who(row, row.returning, 'returning'),
      csv: ({ returning }) => returning,
    },
    {
      key: 'share',
      title: t('months.share'),
      numeric: true,
      cell: ({ return_share: share }) => (share === null ? common('states.none') : format.percent(share)),
      csv: ({ return_share: share }) => share,
    },
    {
      key: 'orders',
      title: t('months.orders'),
      numeric: true,
      cell: ({ orders }) => format.count(orders),
      csv: ({ orders }) => orders,
    },
    {
      key: 'revenue',
      title: t('months.revenue'),
      numeric: true,
      cell: ({ revenue }) => format.money(revenue),
      csv: ({ revenue }) => revenue,
    },
  ];
  return (
    <FigureTable caption={t('tabs.months')} columns={columns} rows={rows} keyOf={({ key }) => key} file="months" />
  );
}

/** Who bought in each month: for the first time, or again. */
export function Months({ query, range }: Of) {
  const { t } = useTranslation('insights');
  const format = useFormat();
  const navigate = useNavigate();
  return (
    <Part title={t('tabs.months')} text={t('months.text')} query={query} room={44}>
      {(numbers) => {
        const rows = Object.entries(numbers.monthly).map(([key, row]) => ({ key, ...row }));
        const points = (of: 'new' | 'returning') =>
          rows.map((row) => ({ key: row.key, label: format.month(row.key), value: row[of] }));
        const series = [
          { name: t('months.returning'), tone: 'primary' as const, points: points('returning') },
          { name: t('months.new'), tone: 'muted' as const, points: points('new') },
        ];
        return (
          <>
            <Legend entries={series} />
            <Bars
              label={t('months.chart')}
              series={series}
              format={format.count}
              onPick={(key) => void navigate(groupLink({ group: `month:${key}`, ...range }))}
            />
            <MonthsTable rows={rows} range={range} />
          </>
        );
      }}
    </Part>
  );
}
