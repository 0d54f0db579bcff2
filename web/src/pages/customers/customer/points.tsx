import { useTranslation } from 'react-i18next';
import type { ShownProfile } from '../../../api/customer.ts';
import { useFormat } from '../../../format/provider.tsx';
import { Banner, BlockStack, Figures, LoadedCard, Text } from '../../../ui/index.ts';
import type { ProfileQuery } from './contact.tsx';
import { Lots } from './lots.tsx';

/** The balance, and which grants it is made of. */
export function Points({ query }: ProfileQuery) {
  const { t } = useTranslation('customer');
  return (
    <LoadedCard title={t('points.title')} query={query} lines={12}>
      {({ points, lots, lotsMore }) => (
        <BlockStack gap="400">
          <Balance points={points} />
          {points.available < 0 && <Banner tone="warning">{t('points.debt')}</Banner>}
          <Lots lots={lots} more={lotsMore} />
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
