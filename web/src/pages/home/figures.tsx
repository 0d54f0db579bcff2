import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { type Kpis, useKpis, useTrend } from '../../api/numbers.ts';
import { FigureTiles, type Sources } from '../../figures/figure-tiles.tsx';
import { FIGURES } from '../../figures/figures.ts';
import type { Chosen } from '../../range/use-range.ts';
import { BlockStack, Box, Card, Empty, Failed, InlineStack, Text } from '../../ui/index.ts';

/** On a phone the page has no margin of its own, and cards go from edge to edge. */
const ASIDE = { xs: '400', sm: '0' } as const;
const GROUPS = ['return', 'sales', 'points'] as const;

/** Nobody ever bought. */
const isEmpty = (numbers: Kpis): boolean => numbers.first_order_date === null && numbers.orders === 0;

/** Data, null where it failed, undefined while it is on its way. */
const partOf = <T,>({ data, error }: { data: T | undefined; error: unknown }): T | null | undefined =>
  data ?? (error ? null : undefined);

/** The figures of the days chosen beside those of as many days before. */
export function Figures({ chosen, picker }: { chosen: Chosen | null; picker: ReactNode }) {
  const { t } = useTranslation('home');
  const [now, before] = [useKpis(chosen?.range ?? null), useKpis(chosen?.previous ?? null)];
  const trend = useTrend(chosen?.range.to ?? null);
  const failed = [now, before, trend].find(({ error, data }) => error && data === undefined);
  const sources: Sources = { chosen, now: partOf(now), before: partOf(before), trend: partOf(trend) };
  if (now.data && isEmpty(now.data)) {
    return (
      <Card>
        <Empty
          title={t('empty.title')}
          text={t('empty.text')}
          action={{ label: t('empty.action'), url: '/settings?tab=data' }}
        />
      </Card>
    );
  }
  return (
    <>
      {failed && <Failed error={failed.error} onRetry={() => void failed.refetch()} />}
      {GROUPS.map((group, at) => (
        <BlockStack key={group} gap="300">
          <Box paddingInline={ASIDE}>
            <InlineStack align="space-between" blockAlign="center" gap="300">
              <Text as="h2" variant="headingMd">
                {t(`groups.${group}`)}
              </Text>
              {at === 0 && <div style={{ minBlockSize: '1.75rem' }}>{picker}</div>}
            </InlineStack>
          </Box>
          <FigureTiles figures={FIGURES[group]} sources={sources} />
        </BlockStack>
      ))}
    </>
  );
}
