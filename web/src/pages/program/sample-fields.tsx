import { useTranslation } from 'react-i18next';
import type { TierProgram } from '../../api/program.ts';
import { DayField } from '../../range/day-field.tsx';
import { BlockStack, Button, DeleteIcon, FormLayout, Select, TextField } from '../../ui/index.ts';
import { nameOfLevel } from '../customers/use-levels.ts';
import styles from './program.module.css';
import type { SampleFaults, SampleForm, SampleLine } from './sample.form.ts';
import { useUnit } from './use-unit.ts';

type Props = {
  form: SampleForm;
  faults: SampleFaults;
  tiers: TierProgram | undefined;
  onChange: (form: SampleForm) => void;
};

/** The sample order: its lines, what comes on top, who orders and when. */
export function SampleFields({ form, faults, tiers, onChange }: Props) {
  const { t, i18n } = useTranslation('program');
  const unitOf = useUnit();
  const set = (change: Partial<SampleForm>): void => onChange({ ...form, ...change });
  const amount = (name: 'discount' | 'shipping' | 'tax' | 'nth') => (
    <TextField
      label={t(`sample.${name}`)}
      value={form[name]}
      onChange={(value) => set({ [name]: value })}
      inputMode="decimal"
      autoComplete="off"
      suffix={name === 'nth' ? undefined : unitOf('money')}
      error={faults[name] && t(`faults.${faults[name]}`)}
    />
  );
  const levels = (tiers?.enabled && tiers.levels) || [];
  return (
    <BlockStack gap="400">
      <Lines form={form} faults={faults} onChange={onChange} />
      <FormLayout>
        <FormLayout.Group condensed>
          {amount('discount')}
          {amount('shipping')}
          {amount('tax')}
        </FormLayout.Group>
        <FormLayout.Group condensed>
          {amount('nth')}
          <Select
            label={t('sample.tier')}
            options={[
              { label: t('preview.noTier'), value: '' },
              ...levels.map(({ id, name }) => ({ label: nameOfLevel(name, i18n.language), value: id })),
            ]}
            value={form.tier}
            onChange={(tier) => set({ tier })}
            disabled={levels.length === 0}
          />
          <DayField label={t('sample.on')} day={form.on} onChange={(on) => set({ on })} />
        </FormLayout.Group>
      </FormLayout>
    </BlockStack>
  );
}

function Lines({ form, faults, onChange }: Omit<Props, 'tiers'>) {
  const { t } = useTranslation('program');
  const unitOf = useUnit();
  const set = (key: number, change: Partial<SampleLine>): void =>
    onChange({ ...form, lines: form.lines.map((line) => (line.key === key ? { ...line, ...change } : line)) });
  const next = Math.max(0, ...form.lines.map(({ key }) => key)) + 1;
  return (
    <BlockStack gap="200" inlineAlign="start">
      {form.lines.map(({ key, price, quantity, product }, index) => (
        <fieldset key={key} className={styles.line} aria-label={t('sample.line', { n: index + 1 })}>
          <TextField
            label={t('sample.price')}
            value={price}
            onChange={(value) => set(key, { price: value })}
            inputMode="decimal"
            autoComplete="off"
            suffix={unitOf('money')}
            error={faults[`price${key}`] && t(`faults.${faults[`price${key}`]}`)}
          />
          <TextField
            label={t('sample.quantity')}
            value={quantity}
            onChange={(value) => set(key, { quantity: value })}
            inputMode="numeric"
            autoComplete="off"
            error={faults[`quantity${key}`] && t(`faults.${faults[`quantity${key}`]}`)}
          />
          <TextField
            label={t('sample.product')}
            value={product}
            onChange={(value) => set(key, { product: value })}
            autoComplete="off"
            maxLength={64}
          />
          <Button
            variant="tertiary"
            icon={DeleteIcon}
            disabled={form.lines.length === 1}
            accessibilityLabel={t('sample.removeLine', { n: index + 1 })}
            onClick={() => onChange({ ...form, lines: form.lines.filter((line) => line.key !== key) })}
          />
        </fieldset>
      ))}
      <Button
        variant="plain"
        disabled={form.lines.length >= 50}
        onClick={() =>
          onChange({ ...form, lines: [...form.lines, { key: next, price: '0', quantity: '1', product: '' }] })
        }
      >
        {t('sample.addLine')}
      </Button>
    </BlockStack>
  );
}
