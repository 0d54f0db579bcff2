import { useTranslation } from 'react-i18next';
import { FormLayout } from '../../ui/index.ts';
import { NumberField } from './field.tsx';
import { Fold } from './fold.tsx';
import type { RuleForm } from './rule.form.ts';
import type { Part } from './rule.part.ts';

const LIMITS = ['minimum', 'capOrder', 'capDay', 'capLifetime', 'holdDays', 'expiryMonths'] as const;

/** The smallest order, the most points, the time points wait and how long they last. */
export function RuleLimits(part: Part) {
  const { t } = useTranslation('program');
  const { form, faults } = part;
  if (form.type === 'multiplier') return null;
  const isUsed = (field: keyof RuleForm): boolean => !['', '0'].includes(String(form[field]));
  const open = LIMITS.some((field) => isUsed(field) || faults[field] !== undefined);
  return (
    <Fold title={t('parts.limits')} open={open}>
      <FormLayout>
        {(form.type === 'spend' || form.type === 'order') && (
          <NumberField {...part} name="minimum" unit="money" help={t('help.minimum')} />
        )}
        {form.type === 'spend' && (
          <FormLayout.Group condensed>
            <NumberField {...part} name="capOrder" unit="points" />
            <NumberField {...part} name="capDay" unit="points" />
            <NumberField {...part} name="capLifetime" unit="points" />
          </FormLayout.Group>
        )}
        <FormLayout.Group>
          <NumberField {...part} name="holdDays" unit="days" help={t('help.holdDays')} />
          <NumberField {...part} name="expiryMonths" unit="months" help={t('help.expiryMonths')} />
        </FormLayout.Group>
      </FormLayout>
    </Fold>
  );
}
