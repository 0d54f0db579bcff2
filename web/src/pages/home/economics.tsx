import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { type Kpis, useKpis } from '../../api/numbers.ts';
import type { ShopView } from '../../api/shop.ts';
import { useBand } from '../../figures/figure-tiles.tsx';
import { useFormat } from '../../format/provider.tsx';
import { addDays } from '../../range/range.ts';
import { BlockStack, Box, Card, Empty, Failed, groupLink, Text, Tile, Tiles } from '../../ui/index.ts';

const YEAR_DAYS = 365;

function EconomicsTiles({ numbers, range }: { numbers: Kpis | undefined; range: { from: string; to: string } }) {
  const { t } = useTranslation(['figures', 'home']);
  const format = useFormat();
  const band = useBand();
  const known = numbers?.unit_economics;
  const order = known?.payback_order ?? null;
  const worth = known?.retention_plus_5_value ?? null;
  const shown = (value: string | null) => (known ? value : undefined);
  return (
    <Tiles>
      <Tile
        name={t('name.payback')}
        value={shown(order === null ? null : t('home:economics.nth', { n: format.count(order) }))}
        definition={t('definition.payback')}
        band={band('payback')}
        customers={order === null ? undefined : groupLink({ group: `orders:${Math.min(order, 999)}+`, to: range.to })}
      />
      <Tile
        name={t('name.retentionValue')}
        value={shown(worth === null ? null : format.money(worth))}
        of={t('home:economics.each')}
        definition={t('definition.retentionValue')}
        band={band('retentionValue')}
        customers={groupLink({ group: 'new', ...range })}
      />
    </Tiles>
  );
}

/** What a customer earns the shop, once it has said what it pays for goods and for new customers. */
export function Economics({ shop, to }: { shop: ShopView | undefined; to: string | null }) {
  const { t } = useTranslation('home');
  const given = shop?.economics.grossMargin != null && shop.economics.acquisitionCost != null;
  const range = useMemo(() => to && { from: addDays(to, 1 - YEAR_DAYS), to }, [to]);
  const year = useKpis(range || null, { enabled: given });
  return (
    <BlockStack gap="300">
      <Box paddingInline={{ xs: '400', sm: '0' }}>
        <Text as="h2" variant="headingMd">
          {t('economics.title')}
        </Text>
      </Box>
      {shop && !given ? (
        <Card>
          <Empty
            title={t('economics.missing')}
            text={t('economics.why')}
            action={{ label: t('economics.give'), url: '/settings' }}
          />
        </Card>
      ) : year.error && !year.data ? (
        <Failed error={year.error} onRetry={() => void year.refetch()} />
      ) : (
        <EconomicsTiles numbers={year.data} range={range || { from: '', to: '' }} />
      )}
    </BlockStack>
  );
}
