import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EarningRule, ProgramRules } from '../../api/program.ts';
import { ActionList, BlockStack, Button, Card, Empty, InlineStack, Popover, Text, useToast } from '../../ui/index.ts';
import { newRuleId, withoutRule, withRule } from './draft.rules.ts';
import styles from './program.module.css';
import { formOfRule, newRule, RULE_TYPES, type RuleForm } from './rule.form.ts';
import { RuleItem } from './rule-item.tsx';
import { RuleModal } from './rule-modal.tsx';
import { usePlace } from './use-place.ts';

type Props = {
  rules: ProgramRules;
  /** What the server did not take of a rule, by its place in the list. */
  faults: ReadonlyMap<number, string>;
  onChange: (change: (rules: ProgramRules) => ProgramRules) => void;
};

/** What orders and accounts earn: a card a rule. */
export function RulesCard({ rules, faults, onChange }: Props) {
  const { t } = useTranslation('program');
  const { t: common } = useTranslation();
  const { place } = usePlace();
  const [edited, setEdited] = useState<RuleForm | null>(null);
  const say = useToast();
  const remove = (rule: EarningRule): void => {
    onChange((now) => withoutRule(now, rule.id));
    // In its old place again, not at the end.
    const undo = () => onChange((now) => ({ ...now, earning: inserted(now.earning, rule, rules.earning) }));
    say(t('rules.removed'), { undo: { label: common('actions.undo'), act: undo } });
  };
  return (
    <Card>
      <BlockStack gap="400">
        <InlineStack align="space-between" blockAlign="center" gap="200">
          <Text as="h2" variant="headingMd">
            {t('rules.title')}
          </Text>
          <AddRule onChoose={(type) => setEdited(newRule(type, newRuleId(type)))} />
        </InlineStack>
        <Text as="p" tone="subdued">
          {t('rules.about')}
        </Text>
        {rules.earning.length === 0 ? (
          <Empty title={t('rules.empty.title')} text={t('rules.empty.text')} />
        ) : (
          <ul className={styles.items}>
            {rules.earning.map((rule, index) => (
              <RuleItem
                key={rule.id}
                rule={rule}
                tiers={rules.tiers}
                fault={faults.get(index)}
                onEdit={() => setEdited(formOfRule(rule, place))}
                onToggle={() => onChange((now) => withRule(now, { ...rule, enabled: !rule.enabled }))}
                onRemove={() => remove(rule)}
              />
            ))}
          </ul>
        )}
      </BlockStack>
      {edited && (
        <RuleModal
          start={edited}
          tiers={rules.tiers}
          onDone={(rule) => onChange((now) => withRule(now, rule))}
          onClose={() => setEdited(null)}
        />
      )}
    </Card>
  );
}

function inserted(now: readonly EarningRule[], rule: EarningRule, before: readonly EarningRule[]): EarningRule[] {
  const rank = (id: string) => before.findIndex((one) => one.id === id);
  const at = now.findIndex(({ id }) => rank(id) === -1 || rank(id) > rank(rule.id));
  return at === -1 ? [...now, rule] : [...now.slice(0, at), rule, ...now.slice(at)];
}

function AddRule({ onChoose }: { onChoose: (type: EarningRule['type']) => void }) {
  const { t } = useTranslation('program');
  const [open, setOpen] = useState(false);
  return (
    <Popover
      active={open}
      onClose={() => setOpen(false)}
      activator={
        <Button disclosure onClick={() => setOpen((shown) => !shown)}>
          {t('rules.add')}
        </Button>
      }
    >
      <ActionList
        actionRole="menuitem"
        items={RULE_TYPES.map((type) => ({
          content: t(`types.${type}.name`),
          helpText: t(`types.${type}.about`),
          onAction: () => {
            setOpen(false);
            onChoose(type);
          },
        }))}
      />
    </Popover>
  );
}
