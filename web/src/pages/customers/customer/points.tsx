import { useTranslation } from 'react-i18next';
import type { Profile, ShownProfile } from '../../../api/customer.ts';
import { useFormat } from '../../../format/provider.tsx';
import { Banner, BlockStack, type Column, Figures, FigureTable, LoadedCard, Text } from '../../../ui/index.ts';
import type { ProfileQuery } from './contact.tsx';

type Lot = NonNullable<Profile['lots']>[number];

/** The balance, and which grants it is made of. */
export function Points({ query }: ProfileQuery) {
  const { t } = useTranslation('customer');
  return (
    <LoadedCard title={t('points.title')} query={query} lines={6}>
      {({ points, lots }) => (
        <BlockStack gap="400">
          <Balance points={points} />
          {points.available < 0 && <Banner tone="warning">{t('points.debt')}</Banner>}
          {lots && <Lots lots={lots} />}
        </BlockStack>
      )}
    </LoadedCard>
  );
}

function Balance({ points }: Pick<ShownProfile, 'points'>) {
  const { t } = useTranslation('customer');
  const format = useFormat();
  return (
    <BlockStack gap="200">
      <Figures
        items={[
          { key: 'available', term: t('points.available'), value: format.count(points.available) },
          { key: 'pending', term: t('points.pending'), value: format.count(points.pending) },
          { key: 'reserved', term: t('points.reserved'), value: format.count(points.reserved) },
          { key: 'lifetime', term: t('points.lifetime'), value: format.count(points.lifetimeEarned) },
        ]}
      />
      <Text as="p" tone="subdued" variant="bodySm">
        {t('points.about')}
      </Text>
    </BlockStack>
  );
}

/** Grants with what is left of each, as the ledger has them. */
function Lots({ lots }: { lots: readonly Lot[] }) {
  const { t } = useTranslation('customer');
  const format = useFormat();
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
      ...{ key: 'earned', title: t('lots.columns.earned') },
      cell: ({ earnedAt, availableAt }) => format.dayOfInstant(earnedAt ?? availableAt),
      csv: ({ earnedAt }) => (earnedAt === null ? null : new Date(earnedAt).toISOString()),
    },
    {
      ...{ key: 'granted', title: t('lots.columns.granted'), numeric: true },
      ...{ cell: ({ granted }: Lot) => format.count(granted), csv: ({ granted }: Lot) => granted },
    },
    {
      ...{ key: 'left', title: t('lots.columns.left'), numeric: true },
      ...{ cell: (lot: Lot) => format.count(left(lot)), csv: left },
    },
    { key: 'state', title: t('lots.columns.state'), cell: state },
    {
      ...{ key: 'expires', title: t('lots.columns.expires') },
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
        <FigureTable caption={t('lots.title')} columns={columns} rows={rows} keyOf={({ key }) => key} />
      )}
    </BlockStack>
  );
}
