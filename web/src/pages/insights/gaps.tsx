import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { type Gaps as GapsView, type Kpis, useGaps } from '../../api/numbers.ts';
import { Bars } from '../../charts/bars.tsx';
import { useFormat } from '../../format/provider.tsx';
import type { Range } from '../../range/range.ts';
import { type Column, FigureTable, groupLink } from '../../ui/index.ts';
import { Facts, type Of, Part, ShareBar, Who } from './part.tsx';

type Bucket = GapsView['buckets'][number];

const groupOf = ({ from, to }: Pick<Bucket, 'from' | 'to'>): string => `gap:${from}-${to ?? ''}`;

/** How a length of gaps is called. */
function useLength(): (bucket: Bucket) => string {
  const { t } = useTranslation('insights');
  const format = useFormat();
  return ({ from, to }) =>
    to === null
      ? t('gaps.longer', { from: format.count(from) })
      : from === to
        ? format.days(from)
        : t('gaps.between', { from: format.count(from), to: format.count(to) });
}

function GapTable({ gaps, range }: { gaps: GapsView; range: Range | null }) {
  const { t } = useTranslation('insights');
  const format = useFormat();
  const length = useLength();
  const columns: Column<Bucket>[] = [
    { key: 'length', title: t('gaps.length'), cell: length, csv: ({ from, to }) => `${from}–${to ?? ''}` },
    {
      key: 'gaps',
      title: t('gaps.count'),
      numeric: true,
      cell: (bucket) => format.count(bucket.gaps),
      csv: (bucket) => bucket.gaps,
    },
    {
      key: 'share',
      title: t('gaps.share'),
      cell: (bucket) => <ShareBar share={bucket.gaps / gaps.n} shown={format.percent(bucket.gaps / gaps.n)} />,
      csv: (bucket) => bucket.gaps / gaps.n,
    },
    {
      key: 'customers',
      title: t('months.all'),
      numeric: true,
      cell: (bucket) => (
        <Who
          url={groupLink({ group: groupOf(bucket), ...range })}
          shown={format.count(bucket.customers)}
          what={`${t('gaps.length')}: ${length(bucket)}`}
        />
      ),
      csv: ({ customers }) => customers,
    },
  ];
  return (
    <FigureTable
      caption={t('gaps.title')}
      columns={columns}
      rows={gaps.n === 0 ? [] : gaps.buckets}
      keyOf={groupOf}
      file="gaps"
    />
  );
}

type Within = Kpis['repeat_within_days'][string] & { days: number };

function WithinTable({ numbers }: { numbers: Kpis }) {
  const { t } = useTranslation('insights');
  const { t: common } = useTranslation();
  const format = useFormat();
  const rows = Object.entries(numbers.repeat_within_days).map(([days, row]) => ({ days: Number(days), ...row }));
  const columns: Column<Within>[] = [
    { key: 'days', title: t('within.days'), cell: ({ days }) => format.days(days), csv: ({ days }) => days },
    {
      key: 'eligible',
      title: t('within.eligible'),
      numeric: true,
      cell: ({ eligible }) => format.count(eligible),
      csv: ({ eligible }) => eligible,
    },
    {
      key: 'repeated',
      title: t('within.repeated'),
      numeric: true,
      cell: ({ repeated }) => format.count(repeated),
      csv: ({ repeated }) => repeated,
    },
    {
      key: 'rate',
      title: t('within.rate'),
      cell: ({ rate }) => (
        <ShareBar share={rate} shown={rate === null ? common('states.none') : format.percent(rate)} />
      ),
      csv: ({ rate }) => rate,
    },
  ];
  return (
    <FigureTable
      caption={t('within.title')}
      columns={columns}
      rows={rows.sort((a, b) => a.days - b.days)}
      keyOf={({ days }) => String(days)}
      file="repeat-within-days"
    />
  );
}

/** How long customers take until they come again. */
export function Gaps({ query, range }: Of) {
  const { t } = useTranslation('insights');
  const { t: common } = useTranslation();
  const format = useFormat();
  const navigate = useNavigate();
  const length = useLength();
  const gaps = useGaps(range);
  const days = (value: number | null): string => (value === null ? common('states.none') : format.days(value));
  return (
    <>
      <Part title={t('gaps.title')} text={t('gaps.text')} query={gaps} room={46}>
        {(found) => (
          <>
            <Facts
              facts={[
                { name: t('gaps.p50'), value: days(found.p50) },
                { name: t('gaps.p90'), value: days(found.p90) },
                { name: t('gaps.mean'), value: days(found.mean) },
                { name: t('gaps.count'), value: format.count(found.n) },
              ]}
            />
            <Bars
              label={t('gaps.chart')}
              series={[
                {
                  name: t('gaps.count'),
                  tone: 'primary',
                  points: found.buckets.map((one) => ({ key: groupOf(one), label: length(one), value: one.gaps })),
                },
              ]}
              format={format.count}
              onPick={(group) => void navigate(groupLink({ group, ...range }))}
            />
            <GapTable gaps={found} range={range} />
          </>
        )}
      </Part>
      <Part title={t('within.title')} text={t('within.text')} query={query} room={20}>
        {(numbers) => <WithinTable numbers={numbers} />}
      </Part>
    </>
  );
}
