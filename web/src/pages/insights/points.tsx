import { useTranslation } from 'react-i18next';
import { type TrendMonth, useTrend } from '../../api/numbers.ts';
import { Lines } from '../../charts/line.tsx';
import { wholeMonths } from '../../figures/figure-tiles.tsx';
import { useFormat } from '../../format/provider.tsx';
import { type Column, FigureTable, groupLink, Link, Loaded } from '../../ui/index.ts';
import { monthsIn } from './months-in.ts';
import { Facts, Legend, type Of, Part } from './part.tsx';

/** Points given and spent, month by month, and what is still out there. */
export function Points({ query, range }: Of) {
  const { t } = useTranslation('insights');
  const { t: common } = useTranslation();
  const format = useFormat();
  const trend = useTrend(range?.to ?? null, { months: monthsIn(range) });
  const orNone = (value: number | null, write: (value: number) => string): string =>
    value === null ? common('states.none') : write(value);
  const columns: Column<TrendMonth>[] = [
    {
      key: 'month',
      title: t('months.month'),
      cell: ({ key, complete }) => `${format.month(key)}${complete ? '' : ` ${t('points.soFar')}`}`,
      csv: ({ key }) => key,
    },
    {
      key: 'issued',
      title: t('points.issued'),
      numeric: true,
      cell: (month) => format.count(month.points_issued),
      csv: (month) => month.points_issued,
    },
    {
      key: 'redeemed',
      title: t('points.redeemed'),
      numeric: true,
      cell: (month) => format.count(month.points_redeemed),
      csv: (month) => month.points_redeemed,
    },
  ];
  const seriesOf = (name: string, tone: 'primary' | 'secondary', value: (month: TrendMonth) => number) => ({
    name,
    tone,
    // The month that is not over yet would look like a fall.
    points: wholeMonths(trend.data).map((month) => ({
      key: month.key,
      label: format.month(month.key),
      value: value(month),
    })),
  });
  const series = [
    seriesOf(t('points.issued'), 'primary', (month) => month.points_issued),
    seriesOf(t('points.redeemed'), 'secondary', (month) => month.points_redeemed),
  ];
  return (
    <Part title={t('tabs.points')} text={t('points.text')} query={trend} room={40}>
      {({ months }) => (
        <>
          <Loaded query={query} lines={2}>
            {({ points }) => (
              <Facts
                facts={[
                  { name: t('points.outstanding'), value: format.count(points.outstanding) },
                  { name: t('points.liability'), value: orNone(points.liability, (value) => format.money(value)) },
                  { name: t('points.rate'), value: orNone(points.redemption_rate, (value) => format.percent(value)) },
                  { name: t('points.breakage'), value: orNone(points.breakage, (value) => format.percent(value)) },
                ]}
              />
            )}
          </Loaded>
          <Legend entries={series} />
          <Lines label={t('points.chart')} series={series} format={format.count} />
          <FigureTable
            caption={t('tabs.points')}
            columns={columns}
            rows={months}
            keyOf={({ key }) => key}
            file="points"
          />
          <Link url={groupLink({ group: 'points' })} removeUnderline>
            {t('points.who')}
          </Link>
        </>
      )}
    </Part>
  );
}
