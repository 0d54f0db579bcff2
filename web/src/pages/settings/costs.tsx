import { useTranslation } from 'react-i18next';
import { useFormat } from '../../format/provider.tsx';
import { InlineGrid, PageSection, TextField } from '../../ui/index.ts';
import { COSTS, type Cost, mostOf } from './draft.ts';
import type { SettingsForm } from './use-settings-form.ts';

/** What margin, customers and points cost, for the numbers that need it. */
export function Costs({ form }: { form: SettingsForm }) {
  const { t } = useTranslation('settings');
  return (
    <PageSection title={t('costs.title')} text={t('costs.text')}>
      <InlineGrid columns={{ xs: 1, md: 3 }} gap="400">
        {COSTS.map((cost) => (
          <CostField key={cost} cost={cost} form={form} />
        ))}
      </InlineGrid>
    </PageSection>
  );
}

function CostField({ cost, form: { draft, set, faultOf, shop } }: { cost: Cost; form: SettingsForm }) {
  const { t } = useTranslation('settings');
  const format = useFormat();
  const fault = faultOf(cost);
  const most = format.decimal(mostOf(cost, shop?.showToman ?? false));
  return (
    <TextField
      label={t(`costs.${cost}`)}
      helpText={t(`costs.${cost}Help`)}
      value={draft[cost]}
      onChange={(value) => set({ [cost]: value })}
      suffix={cost === 'grossMargin' ? t('costs.percent') : format.unit()}
      inputMode="decimal"
      autoComplete="off"
      {...(fault === null ? {} : { error: t(`costs.${fault}`, { most }) })}
    />
  );
}
