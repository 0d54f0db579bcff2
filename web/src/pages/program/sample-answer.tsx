import type { UseQueryResult } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { ProgramRules, SampleResult } from '../../api/program.ts';
import { useFormat } from '../../format/provider.tsx';
import { BlockStack, Facts, Loaded, Text } from '../../ui/index.ts';
import { nameOfLevel } from '../customers/use-levels.ts';
import styles from './program.module.css';
import { usePlace } from './use-place.ts';
import { useRuleWords } from './use-rule-words.ts';

type Props = { query: UseQueryResult<SampleResult>; rules: ProgramRules };

/** The points, rule by rule, and the multiplier that applied. */
export function SampleAnswer({ query, rules }: Props) {
  const { t, i18n } = useTranslation('program');
  const format = useFormat();
  const { moneyOfMinor } = usePlace();
  const { sentence } = useRuleWords((id) => id);
  const wordsOf = (id: string): string => {
    const rule = rules.earning.find((one) => one.id === id);
    if (rule) return sentence(rule);
    const level = rules.tiers?.levels.find((one) => one.id === id);
    return level ? t('sample.ofTier', { tier: nameOfLevel(level.name, i18n.language) }) : id;
  };
  return (
    <Loaded query={query} lines={7}>
      {({ points, eligible, parts, multiplier }) => (
        <div className={query.isPlaceholderData ? styles.older : undefined}>
          <BlockStack gap="300">
            <p className={styles.total}>{t('sample.points', { count: points, n: format.count(points) })}</p>
            <Text as="p">{t('sample.eligible', { amount: moneyOfMinor(eligible) })}</Text>
            {parts.length === 0 ? (
              <Text as="p" tone="subdued">
                {t('sample.nothing')}
              </Text>
            ) : (
              <Facts
                items={parts.map((part) => ({
                  key: part.rule,
                  term: wordsOf(part.rule),
                  value: format.count(part.points),
                }))}
              />
            )}
            {multiplier && multiplier.percent > 100 && (
              <Text as="p">
                {t('sample.multiplier', {
                  factor: format.decimal(multiplier.percent / 100, 2),
                  rule: wordsOf(multiplier.rule),
                })}
              </Text>
            )}
          </BlockStack>
        </div>
      )}
    </Loaded>
  );
}
