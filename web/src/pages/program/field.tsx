import { useTranslation } from 'react-i18next';
import { TextField } from '../../ui/index.ts';
import type { RuleForm } from './rule.form.ts';
import type { Part } from './rule.part.ts';
import { useUnit } from './use-unit.ts';

type TextKey = { [K in keyof RuleForm]: RuleForm[K] extends string ? K : never }[keyof RuleForm];
type Props = Part & { name: TextKey; unit?: 'points' | 'money' | 'days' | 'months' | 'times'; help?: string };

/** A number of a rule's form, with its unit beside it and what is wrong with it below. */
export function NumberField({ form, faults, set, name, unit, help }: Props) {
  const { t } = useTranslation('program');
  const unitOf = useUnit();
  const fault = faults[name];
  return (
    <TextField
      label={t(`fields.${name}`)}
      value={form[name]}
      onChange={(value) => set(name, value as never)}
      inputMode={unit === 'money' || unit === 'times' ? 'decimal' : 'numeric'}
      autoComplete="off"
      suffix={unit && unitOf(unit)}
      helpText={help}
      error={fault && t(`faults.${fault}`)}
    />
  );
}
