import { useTranslation } from 'react-i18next';
import type { Kpis } from '../../api/numbers.ts';
import { useFormat } from '../../format/provider.tsx';
import { type Column, FigureTable, groupLink, Text } from '../../ui/index.ts';
import { type Of, Part, ShareBar, Who } from './part.tsx';

type Row = Kpis['channels'][string] & { name: string };

const CHANNELS = ['online', 'point_of_sale', 'other'] as const;

const rowsOf = (split: Kpis['channels']): Row[] =>
  Object.entries(split)
    .map(([name, row]) => ({ name, ...row }))
    .sort((a, b) => b.revenue - a.revenue);

/** Where orders were made: online or at the till, and by source as the platform names it. */
export function Channels({ query, range }: Of) {
  const { t } = useTranslation('insights');
  const { t: common } = useTranslation();
  const format = useFormat();
  const channel = (name: string): string => {
    const known = CHANNELS.find((one) => one === name);
    return known ? t(`channels.${known}`) : name;
  };
  const columns = (kind: 'channel' | 'source'): Column<Row>[] => [
    {
      key: 'name',
      title: t(`channels.${kind}`),
      cell: ({ name }) =>
        kind === 'channel' ? channel(name) : <bdi>{name === '' ? t('channels.unnamed') : name}</bdi>,
      csv: ({ name }) => name,
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
    {
      key: 'share',
      title: t('channels.share'),
      cell: ({ share }) => (
        <ShareBar share={share} shown={share === null ? common('states.none') : format.percent(share)} />
      ),
      csv: ({ share }) => share,
    },
    {
      key: 'who',
      title: t('channels.who'),
      cell: ({ name }) => (
        <Who
          url={groupLink({ group: `${kind}:${name}`, ...range })}
          shown={common('actions.showCustomers')}
          what={kind === 'channel' ? channel(name) : name}
        />
      ),
    },
  ];
  return (
    <Part title={t('channels.title')} text={t('channels.text')} query={query} room={26}>
      {(numbers) => (
        <>
          <FigureTable
            caption={t('channels.channel')}
            columns={columns('channel')}
            rows={rowsOf(numbers.channels)}
            keyOf={({ name }) => name}
            file="channels"
          />
          <Text as="h3" variant="headingSm">
            {t('channels.sources')}
          </Text>
          <FigureTable
            caption={t('channels.sources')}
            columns={columns('source')}
            rows={rowsOf(numbers.sources)}
            keyOf={({ name }) => name}
            file="sources"
          />
        </>
      )}
    </Part>
  );
}
