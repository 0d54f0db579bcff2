import { useTranslation } from 'react-i18next';
import type { Profile } from '../../../api/customer.ts';
import { useFormat } from '../../../format/provider.tsx';
import { BlockStack, Definition, InlineStack, LoadedCard, ProgressBar, Text } from '../../../ui/index.ts';
import type { ProfileQuery } from './contact.tsx';

type Part = Profile['score']['parts'][number];

/** The score, and each part with what it is made of. */
export function Score({ query }: ProfileQuery) {
  const { t } = useTranslation('customer');
  const format = useFormat();
  return (
    <LoadedCard title={t('score.title')} query={query} lines={15}>
      {({ score }) => (
        <BlockStack gap="300">
          <InlineStack gap="200" blockAlign="center">
            <Text as="p" variant="headingLg">
              {t('score.of', { total: format.count(score.total) })}
            </Text>
            <Definition of={t('score.title')} text={t('score.about')} />
          </InlineStack>
          {score.parts.map((part) => (
            <ScorePart key={part.name} part={part} />
          ))}
        </BlockStack>
      )}
    </LoadedCard>
  );
}

function ScorePart({ part: { name, points, most, value } }: { part: Part }) {
  const { t } = useTranslation('customer');
  const format = useFormat();
  const id = `score-${name}`;
  const shown = value === null ? null : name === 'spend' ? format.money(value) : format.decimal(value);
  return (
    <BlockStack gap="100">
      <InlineStack align="space-between" gap="200">
        <Text as="span" id={id}>
          {t(`score.parts.${name}`)}
        </Text>
        <Text as="span" tone="subdued">
          {t('score.part', { points: format.count(points), most: format.count(most) })}
        </Text>
      </InlineStack>
      <ProgressBar progress={most === 0 ? 0 : (points / most) * 100} size="small" ariaLabelledBy={id} />
      {shown !== null && (
        <Text as="p" tone="subdued" variant="bodySm">
          {t(`score.value.${name}`, { value: shown })}
        </Text>
      )}
    </BlockStack>
  );
}
