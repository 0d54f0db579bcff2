import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../format/provider.tsx';
import { Figures, LoadedCard } from '../../../ui/index.ts';
import type { ProfileQuery } from './contact.tsx';

/** What they bought, in a few figures. */
export function Glance({ query }: ProfileQuery) {
  const { t } = useTranslation('customer');
  const { t: common } = useTranslation();
  const format = useFormat();
  const day = (key: string | null) => (key === null ? common('states.none') : format.day(key));
  return (
    <LoadedCard title={t('glance.title')} query={query} lines={2}>
      {({ stats: { orders, revenue, firstDay, lastDay } }) => (
        <Figures
          items={[
            { key: 'orders', term: t('glance.orders'), value: format.count(orders) },
            { key: 'revenue', term: t('glance.revenue'), value: format.money(revenue) },
            {
              key: 'average',
              term: t('glance.average'),
              value: orders === 0 ? common('states.none') : format.money(revenue / orders),
            },
            { key: 'first', term: t('glance.first'), value: day(firstDay) },
            { key: 'last', term: t('glance.last'), value: day(lastDay) },
          ]}
        />
      )}
    </LoadedCard>
  );
}
