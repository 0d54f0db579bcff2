import { useTranslation } from 'react-i18next';
import { useFormat } from '../../format/provider.tsx';
import { type Column, FigureTable, groupLink } from '../../ui/index.ts';
import { ladderOf, type Rung } from './ladder-rows.ts';
import { type Of, Part, ShareBar, Who } from './part.tsx';

/** How many of those with n orders come for another one. */
export function Ladder({ query, range }: Of) {
  const { t } = useTranslation('insights');
  const { t: common } = useTranslation();
  const format = useFormat();
  const to = range ? { to: range.to } : {};
  const name = ({ n, more }: Rung): string => t(more ? 'ladder.more' : 'ladder.orders', { n: format.count(n) });
  const columns: Column<Rung>[] = [
    { key: 'n', title: t('ladder.n'), cell: name, csv: ({ n, more }) => (more ? `${n}+` : n) },
    {
      key: 'exactly',
      title: t('ladder.exactly'),
      numeric: true,
      cell: (row) => (
        <Who
          url={groupLink({ group: row.more ? `orders:${row.n}+` : `orders:${row.n}`, ...to })}
          shown={format.count(row.exactly)}
          what={name(row)}
        />
      ),
      csv: ({ exactly }) => exactly,
    },
    {
      key: 'atLeast',
      title: t('ladder.atLeast'),
      numeric: true,
      cell: ({ n, atLeast }) => (
        <Who
          url={groupLink({ group: `orders:${n}+`, ...to })}
          shown={format.count(atLeast)}
          what={t('ladder.more', { n: format.count(n) })}
        />
      ),
      csv: ({ atLeast }) => atLeast,
    },
    {
      key: 'next',
      title: t('ladder.next'),
      cell: ({ next }) => (
        <ShareBar share={next} shown={next === null ? common('states.none') : format.percent(next)} />
      ),
      csv: ({ next }) => next,
    },
  ];
  return (
    <Part title={t('tabs.ladder')} text={t('ladder.text')} query={query} room={32}>
      {(numbers) => (
        <FigureTable
          caption={t('tabs.ladder')}
          columns={columns}
          rows={ladderOf(numbers.customers_by_order_count)}
          keyOf={({ n }) => String(n)}
          file="ladder"
        />
      )}
    </Part>
  );
}
