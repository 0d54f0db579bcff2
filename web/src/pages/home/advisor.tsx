import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useKpis } from '../../api/numbers.ts';
import { useFormat } from '../../format/provider.tsx';
import { addDays } from '../../range/range.ts';
import { Badge, BlockStack, InlineStack, LoadedCard, Text } from '../../ui/index.ts';
import { stageOf } from './stage.ts';

const MONTH_DAYS = 30;

/** How much effort belongs to customers a shop already has, by how many orders it gets in a month. */
export function Advisor({ today }: { today: string | null }) {
  const { t } = useTranslation('home');
  const format = useFormat();
  const range = useMemo(() => today && { from: addDays(today, 1 - MONTH_DAYS), to: today }, [today]);
  const query = useKpis(range || null);
  return (
    <LoadedCard title={t('stage.title')} query={query} lines={4}>
      {(numbers) => {
        const stage = stageOf(numbers);
        return (
          <BlockStack gap="200">
            <InlineStack gap="200" blockAlign="center">
              <Badge tone="info">{t('stage.number', { stage: format.count(stage) })}</Badge>
              <Text as="p">{t('stage.orders', { orders: format.count(numbers.orders) })}</Text>
            </InlineStack>
            <Text as="p">{t(`stage.advice.${stage}`)}</Text>
            <Text as="p" tone="subdued" variant="bodySm">
              {t('stage.source')}
            </Text>
          </BlockStack>
        );
      }}
    </LoadedCard>
  );
}
