import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Profile } from '../../../api/customer.ts';
import { useFormat } from '../../../format/provider.tsx';
import { BlockStack, Button, type Column, FigureTable, InlineStack, Text } from '../../../ui/index.ts';

type Lot = Profile['lots'][number];
/** Shown before the others are asked for. */
const FIRST = 6;

/** Grants with what is left of each, as the ledger has them. */
export function Lots({ lots, more }: { lots: readonly Lot[]; more: boolean }) {
  const { t } = useTranslation('customer');
  const format = useFormat();
  const [all, setAll] = useState(false);
  const left = ({ pending, available, reserved }: Lot) => pending + available + reserved;
  const origin = ({ from, orderNumber }: Lot) =>
    from === 'order'
      ? orderNumber === null
        ? t('lots.from.orderUnknown')
        : t('lots.from.order', { number: orderNumber })
      : t(`lots.from.${from}`);
  const state = (lot: Lot) => {
    if (lot.available < 0) return t('lots.debt');
    if (left(lot) === 0) return t('lots.gone');
    return lot.pending > 0 ? t('lots.waits', { day: format.dayOfInstant(lot.availableAt) }) : t('lots.usable');
  };
  const columns: Column<Lot & { key: string }>[] = [
    { key: 'from', title: t('lots.columns.from'), cell: (lot) => <bdi>{origin(lot)}</bdi>, csv: origin },
    {
      key: 'earned',
      title: t('lots.columns.earned'),
      cell: ({ earnedAt, availableAt }) => format.dayOfInstant(earnedAt ?? availableAt),
      csv: ({ earnedAt }) => (earnedAt === null ? null : new Date(earnedAt).toISOString()),
    },
    {
      key: 'granted',
      title: t('lots.columns.granted'),
      numeric: true,
      cell: ({ granted }: Lot) => format.count(granted),
      csv: ({ granted }: Lot) => granted,
    },
    {
      key: 'left',
      title: t('lots.columns.left'),
      numeric: true,
      cell: (lot: Lot) => format.count(left(lot)),
      csv: left,
    },
    { key: 'state', title: t('lots.columns.state'), cell: state },
    {
      key: 'expires',
      title: t('lots.columns.expires'),
      cell: ({ expiresAt }) => (expiresAt === null ? t('lots.never') : format.dayOfInstant(expiresAt)),
      csv: ({ expiresAt }) => (expiresAt === null ? null : new Date(expiresAt).toISOString()),
    },
  ];
  const rows = lots.map((lot, index) => ({ ...lot, key: String(index) }));
  return (
    <BlockStack gap="200">
      <Text as="h3" variant="headingSm">
        {t('lots.title')}
      </Text>
      {rows.length === 0 ? (
        <Text as="p" tone="subdued">
          {t('lots.none')}
        </Text>
      ) : (
        <FigureTable
          caption={t('lots.title')}
          columns={columns}
          rows={all ? rows : rows.slice(0, FIRST)}
          keyOf={({ key }) => key}
        />
      )}
      {!all && rows.length > FIRST && (
        <InlineStack align="center">
          <Button onClick={() => setAll(true)}>{t('lots.all', { n: format.count(rows.length) })}</Button>
        </InlineStack>
      )}
      {all && more && (
        <Text as="p" tone="subdued">
          {t('lots.more')}
        </Text>
      )}
    </BlockStack>
  );
}
