import { useTranslation } from 'react-i18next';
import type { EarningRule, TierProgram } from '../../api/program.ts';
import { Badge, Button, InlineStack, Text } from '../../ui/index.ts';
import { nameOfLevel } from '../customers/use-levels.ts';
import styles from './program.module.css';
import { useRuleWords } from './use-rule-words.ts';

type Props = {
  rule: EarningRule;
  tiers: TierProgram | undefined;
  fault: string | undefined;
  onEdit: () => void;
  onToggle: () => void;
  onRemove: () => void;
};

/** One rule in words, with what can be done to it. */
export function RuleItem({ rule, tiers, fault, onEdit, onToggle, onRemove }: Props) {
  const { t, i18n } = useTranslation('program');
  const nameOfTier = (id: string): string => {
    const level = tiers?.levels.find((one) => one.id === id);
    return level ? nameOfLevel(level.name, i18n.language) : id;
  };
  const { sentence, details } = useRuleWords(nameOfTier);
  const title = sentence(rule);
  const limits = details(rule);
  return (
    <li className={styles.item}>
      <div className={styles.words}>
        <InlineStack gap="200" blockAlign="center">
          <Text as="h3" variant="headingSm">
            {title}
          </Text>
          <Badge {...(rule.enabled ? { tone: 'success' as const } : {})}>{t(rule.enabled ? 'on' : 'off')}</Badge>
        </InlineStack>
        {limits.length > 0 && (
          <ul className={styles.limits}>
            {limits.map((limit) => (
              <li key={limit}>{limit}</li>
            ))}
          </ul>
        )}
        {fault !== undefined && (
          <Text as="p" tone="critical">
            {fault}
          </Text>
        )}
      </div>
      <InlineStack gap="200" blockAlign="center">
        <Button onClick={onEdit} accessibilityLabel={`${t('rules.edit')}: ${title}`}>
          {t('rules.edit')}
        </Button>
        <Button
          onClick={onToggle}
          accessibilityLabel={`${t(rule.enabled ? 'rules.turnOff' : 'rules.turnOn')}: ${title}`}
        >
          {t(rule.enabled ? 'rules.turnOff' : 'rules.turnOn')}
        </Button>
        <Button
          variant="tertiary"
          tone="critical"
          onClick={onRemove}
          accessibilityLabel={`${t('rules.remove')}: ${title}`}
        >
          {t('rules.remove')}
        </Button>
      </InlineStack>
    </li>
  );
}
