import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { type TrendMonth, useTrend } from '../../api/numbers.ts';
import { Lines } from '../../charts/line.tsx';
import { wholeMonths } from '../../figures/figure-tiles.tsx';
import { customersAtEnd } from '../../figures/figures.ts';
import { useFormat } from '../../format/provider.tsx';
import { Button, ButtonGroup, type Column, FigureTable, groupLink, Text } from '../../ui/index.ts';
import { monthsIn } from './months-in.ts';
import { Legend, type Of, Part, Who } from './part.tsx';

const WINDOWS = [365, 90] as const;
type Window = (typeof WINDOWS)[number];

/** Days within which a buyer is a customer, from the address. */
function useWindow(): [Window, (next: Window) => void] {
  const [params, setParams] = useSearchParams();
  const window = WINDOWS.find((one) => String(one) === params.get('window')) ?? 365;
  const choose = (next: Window): void =>
    setParams((before) => {
      const after = new URLSearchParams(before);
      after.set('window', String(next));
      return after;
    });
  return [window, choose];
}

function RetentionTable({ months, window }: { months: TrendMonth[]; window: Window }) {
  const { t } = useTranslation('insights');
  const { t: common } = useTranslation();
  const format = useFormat();
  const percent = (value: number | null): string =>
    value === null ? common('states.none') : format.percent(value / 100);
  const columns: Column<TrendMonth>[] = [
    { key: 'month', title: t('months.month'), cell: ({ key }) => format.month(key), csv: ({ key }) => key },
    {
      key: 'crr',
      title: t('retention.crr'),
      numeric: true,
      cell: ({ crr }) => percent(crr),
      csv: ({ crr }) => crr,
    },
    {
      key: 'strict',
      title: t('retention.strict'),
      numeric: true,
      cell: ({ crr_strict: strict }) => percent(strict),
      csv: ({ crr_strict: strict }) => strict,
    },
    {
      key: 'churn',
      title: t('retention.churn'),
      numeric: true,
      cell: ({ crr_strict: strict }) => percent(strict === null ? null : 100 - strict),
      csv: ({ crr_strict: strict }) => (strict === null ? null : 100 - strict),
    },
    {
      key: 'share',
      title: t('months.share'),
      numeric: true,
      cell: ({ key, return_share: share }) =>
        share === null ? (
          common('states.none')
        ) : (
          <Who
            url={groupLink({ group: `month:${key}:returning` })}
            shown={format.percent(share)}
            what={`${t('months.returning')}, ${format.month(key)}`}
          />
        ),
      csv: ({ return_share: share }) => share,
    },
    {
      key: 'who',
      title: t('retention.atEnd'),
      cell: (month) => (
        <Who
          url={groupLink(customersAtEnd(month, window))}
          shown={common('actions.showCustomers')}
          what={`${t('retention.atEnd')}, ${format.month(month.key)}`}
        />
      ),
    },
  ];
  return (
    <FigureTable
      caption={t('tabs.retention')}
      columns={columns}
      rows={months}
      keyOf={({ key }) => key}
      file={`retention-${window}`}
    />
  );
}

/** Customer retention month by month, and the share of customers who came back in each. */
export function Retention({ range }: Of) {
  const { t } = useTranslation('insights');
  const { t: figures } = useTranslation('figures');
  const format = useFormat();
  const [window, choose] = useWindow();
  const query = useTrend(range?.to ?? null, { window, months: monthsIn(range) });
  const chooser = (
    <ButtonGroup variant="segmented">
      {WINDOWS.map((one) => (
        <Button key={one} pressed={one === window} onClick={() => choose(one)}>
          {format.days(one)}
        </Button>
      ))}
    </ButtonGroup>
  );
  const seriesOf = (name: string, tone: 'primary' | 'secondary', value: (month: TrendMonth) => number | null) => ({
    name,
    tone,
    points: wholeMonths(query.data).map((month) => ({
      key: month.key,
      label: format.month(month.key),
      value: value(month),
    })),
  });
  const strict = [
    seriesOf(t('retention.crr'), 'primary', ({ crr }) => crr),
    seriesOf(t('retention.strict'), 'secondary', ({ crr_strict: value }) => value),
  ];
  const share = [seriesOf(t('months.share'), 'primary', ({ return_share: value }) => value)];
  return (
    <>
      <Part
        title={t('tabs.retention')}
        text={t('retention.text', { days: format.days(window) })}
        room={46}
        query={query}
        action={chooser}
      >
        {(trend) => (
          <>
            <Legend entries={strict} />
            <Lines label={t('retention.chart')} series={strict} format={(value) => format.percent(value / 100)} />
            <RetentionTable months={wholeMonths(trend)} window={window} />
          </>
        )}
      </Part>
      <Part title={t('months.share')} text={t('retention.shareText')} room={24} query={query}>
        {() => (
          <>
            <Lines
              label={t('retention.shareChart')}
              series={share}
              format={(value) => format.percent(value)}
              band={{ from: 0.2, to: 0.3, name: figures('band.returnShare') }}
            />
            <Text as="p" tone="subdued" variant="bodySm">
              {t('retention.band')} {figures('source.returnShare')}
            </Text>
          </>
        )}
      </Part>
    </>
  );
}
