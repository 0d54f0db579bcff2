import { useTranslation } from 'react-i18next';
import type { ShownProfile } from '../../../api/customer.ts';
import { useFormat } from '../../../format/provider.tsx';
import { Badge, type Column, FigureTable, LoadedCard, Text } from '../../../ui/index.ts';
import type { ProfileQuery } from './contact.tsx';

type Order = ShownProfile['lastOrders'][number];

/** The last orders, and whether each counts. */
export function Orders({ query }: ProfileQuery) {
  const { t } = useTranslation('customer');
  const format = useFormat();
  const paid = (state: string) => t(`financial.${state}`, { defaultValue: state });
  const money = (amount: number, currency: string) =>
    currency === format.habits.currency ? (
      format.money(amount)
    ) : (
      <bdi dir="ltr">
        {format.decimal(amount, 2)} {currency}
      </bdi>
    );
  const columns: Column<Order>[] = [
    { key: 'number', title: t('orders.columns.number'), cell: ({ number }) => <bdi dir="ltr">{number}</bdi> },
    { key: 'at', title: t('orders.columns.at'), cell: ({ placedAt }) => format.instant(placedAt) },
    {
      key: 'total',
      title: t('orders.columns.total'),
      numeric: true,
      cell: ({ total, currency }) => money(total, currency),
    },
    {
      key: 'net',
      title: t('orders.columns.net'),
      numeric: true,
      cell: ({ net, currency }) => money(net, currency),
    },
    { key: 'state', title: t('orders.columns.state'), cell: ({ financial }) => paid(financial) },
    {
      key: 'counts',
      title: t('orders.columns.counts'),
      cell: ({ counts }) => (counts ? t('orders.counts') : <Badge tone="attention">{t('orders.countsNot')}</Badge>),
    },
  ];
  return (
    <LoadedCard title={t('orders.title')} query={query} lines={8}>
      {({ lastOrders }) =>
        lastOrders.length === 0 ? (
          <Text as="p" tone="subdued">
            {t('orders.none')}
          </Text>
        ) : (
          <FigureTable caption={t('orders.title')} columns={columns} rows={lastOrders} keyOf={({ id }) => id} />
        )
      }
    </LoadedCard>
  );
}
