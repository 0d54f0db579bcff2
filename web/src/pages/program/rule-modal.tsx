import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EarningRule, TierProgram } from '../../api/program.ts';
import { BlockStack, Form, Modal, Text } from '../../ui/index.ts';
import { focusFault } from './focus-fault.ts';
import { type RuleFaults, type RuleForm, ruleOfForm } from './rule.form.ts';
import type { Part } from './rule.part.ts';
import { RuleBasics } from './rule-basics.tsx';
import { RuleCounts } from './rule-counts.tsx';
import { RuleLimits } from './rule-limits.tsx';
import { RuleWhen } from './rule-when.tsx';
import { usePlace } from './use-place.ts';

type Props = {
  start: RuleForm;
  tiers: TierProgram | undefined;
  onDone: (rule: EarningRule) => void;
  onClose: () => void;
};

/** A rule's form. Done puts it into the draft; nothing is in force before the program is saved. */
export function RuleModal({ start, tiers, onDone, onClose }: Props) {
  const { t } = useTranslation('program');
  const { t: common } = useTranslation();
  const { place } = usePlace();
  const [form, setForm] = useState(start);
  const [faults, setFaults] = useState<RuleFaults>({});
  const set: Part['set'] = (field, value) => {
    setForm((now) => ({ ...now, [field]: value }));
    setFaults(({ [field]: _mended, ...rest }) => rest);
  };
  const done = (): void => {
    const read = ruleOfForm(form, place);
    if ('faults' in read) {
      setFaults(read.faults);
      focusFault();
      return;
    }
    onDone(read.rule);
    onClose();
  };
  const part: Part = { form, faults, set };
  return (
    <Modal
      open
      onClose={onClose}
      title={t(`types.${form.type}.name`)}
      primaryAction={{ content: t('done'), onAction: done }}
      secondaryActions={[{ content: common('actions.cancel'), onAction: onClose }]}
    >
      <Modal.Section>
        <Form onSubmit={done}>
          <BlockStack gap="400">
            <Text as="p" tone="subdued">
              {t(`types.${form.type}.about`)}
            </Text>
            <RuleBasics {...part} />
            <RuleWhen {...part} tiers={tiers} />
            <RuleLimits {...part} />
            <RuleCounts {...part} />
          </BlockStack>
        </Form>
      </Modal.Section>
    </Modal>
  );
}
