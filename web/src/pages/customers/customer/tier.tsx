import { useTranslation } from 'react-i18next';
import type { ShownProfile } from '../../../api/customer.ts';
import { useFormat } from '../../../format/provider.tsx';
import { Badge, BlockStack, Button, InlineStack, LoadedCard, ProgressBar, Text } from '../../../ui/index.ts';
import { nameOfLevel, useLevels } from '../use-levels.ts';
import type { ProfileQuery } from './contact.tsx';

/** The tier that is held, until when, and how far the next one is. */
export function Tier({ query }: ProfileQuery) {
  const { t } = useTranslation('customer');
  const format = useFormat();
  const { enabled, nameOf } = useLevels();
  return (
    <LoadedCard title={t('tier.title')} query={query} lines={3}>
      {({ tier, tierProgress }) =>
        tier === null && !enabled ? (
          <BlockStack gap="200" inlineAlign="start">
            <Text as="p">{t('tier.off')}</Text>
            <Button url="/program">{t('tier.setUp')}</Button>
          </BlockStack>
        ) : (
          <BlockStack gap="200">
            {tier === null ? (
              <Text as="p">{t('tier.none')}</Text>
            ) : (
              <InlineStack gap="200" blockAlign="center">
                <Badge tone="info">{nameOf(tier.id)}</Badge>
                {tier.since !== null && (
                  <Text as="span" tone="subdued">
                    {t('tier.since', { day: format.dayOfInstant(tier.since) })}
                  </Text>
                )}
              </InlineStack>
            )}
            {tier?.keptUntil != null && (
              <Text as="p" tone="subdued">
                {t('tier.kept', { day: format.dayOfInstant(tier.keptUntil) })}
              </Text>
            )}
            {tierProgress && <Progress progress={tierProgress} />}
          </BlockStack>
        )
      }
    </LoadedCard>
  );
}

function Progress({ progress: { metric, have, next } }: { progress: NonNullable<ShownProfile['tierProgress']> }) {
  const { t, i18n } = useTranslation('customer');
  const format = useFormat();
  if (next === null) return <Text as="p">{t('tier.top')}</Text>;
  const write = metric === 'spend' ? format.money : format.count;
  const name = nameOfLevel(next.name as Parameters<typeof nameOfLevel>[0], i18n.language);
  const label = t('tier.progress', { tier: name });
  const share = next.need <= 0 ? 100 : Math.min(100, Math.max(0, (have / next.need) * 100));
  return (
    <BlockStack gap="100">
      <Text as="p" id="tier-progress">
        {label}
      </Text>
      <ProgressBar progress={share} size="small" ariaLabelledBy="tier-progress" />
      <Text as="p" tone="subdued">
        {t(`tier.have.${metric}`, { have: write(have), need: write(next.need) })}
      </Text>
    </BlockStack>
  );
}
