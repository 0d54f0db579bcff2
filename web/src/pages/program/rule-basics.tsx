import { useTranslation } from 'react-i18next';
import { Checkbox, FormLayout } from '../../ui/index.ts';
import { NumberField } from './field.tsx';
import type { Part } from './rule.part.ts';

/** What the rule gives, and for what. */
export function RuleBasics(part: Part) {
  const { t } = useTranslation('program');
  const { form, set } = part;
  return (
    <FormLayout>
      {form.type === 'multiplier' ? (
        <NumberField {...part} name="factor" unit="times" help={t('help.factor')} />
      ) : (
        <FormLayout.Group>
          <NumberField {...part} name="points" unit="points" />
          {form.type === 'spend' && <NumberField {...part} name="per" unit="money" />}
          {form.type === 'nth' && <NumberField {...part} name="n" />}
        </FormLayout.Group>
      )}
      <Checkbox label={t('fields.enabled')} checked={form.enabled} onChange={(on) => set('enabled', on)} />
    </FormLayout>
  );
}
