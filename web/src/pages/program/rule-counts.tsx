import { useTranslation } from 'react-i18next';
import { BlockStack, Checkbox, FormLayout, Select, Text, TextField } from '../../ui/index.ts';
import { Fold } from './fold.tsx';
import { MATCH_KEYS, type MatchForm } from './rule.form.ts';
import type { Part } from './rule.part.ts';

const ROUNDINGS = ['floor', 'nearest', 'ceil'] as const;
const isEmpty = (match: MatchForm): boolean => MATCH_KEYS.every((key) => match[key].trim() === '');

/** Which part of an order counts: tax, shipping, certain products. */
export function RuleCounts({ form, faults, set }: Part) {
  const { t } = useTranslation('program');
  if (form.type !== 'spend' && form.type !== 'multiplier') return null;
  const spends = form.type === 'spend';
  const used = form.tax || form.shipping || form.rounding !== 'floor' || !isEmpty(form.only) || !isEmpty(form.except);
  return (
    <Fold title={t('parts.counts')} open={used || faults.only !== undefined || faults.except !== undefined}>
      <FormLayout>
        {spends && <Checkbox label={t('fields.tax')} checked={form.tax} onChange={(on) => set('tax', on)} />}
        {spends && (
          <Checkbox label={t('fields.shipping')} checked={form.shipping} onChange={(on) => set('shipping', on)} />
        )}
        {spends && (
          <Select
            label={t('fields.rounding')}
            options={ROUNDINGS.map((value) => ({ value, label: t(`roundings.${value}`) }))}
            value={form.rounding}
            onChange={(value) => set('rounding', value as typeof form.rounding)}
          />
        )}
        <MatchFields
          title={t('fields.only')}
          match={form.only}
          fault={faults.only}
          onChange={(match) => set('only', match)}
        />
        {spends && (
          <MatchFields
            title={t('fields.except')}
            match={form.except}
            fault={faults.except}
            onChange={(match) => set('except', match)}
          />
        )}
      </FormLayout>
    </Fold>
  );
}

type MatchProps = {
  title: string;
  match: MatchForm;
  fault: string | undefined;
  onChange: (match: MatchForm) => void;
};

/** Lists of what lines are matched by, one entry a line. */
function MatchFields({ title, match, fault, onChange }: MatchProps) {
  const { t } = useTranslation('program');
  return (
    <BlockStack gap="200">
      <FormLayout.Group title={title} helpText={t('help.lists')}>
        {MATCH_KEYS.map((key) => (
          <TextField
            key={key}
            label={t(`match.${key}`)}
            value={match[key]}
            onChange={(value) => onChange({ ...match, [key]: value })}
            multiline={2}
            maxHeight="10rem"
            autoComplete="off"
          />
        ))}
      </FormLayout.Group>
      {fault !== undefined && (
        <Text as="p" tone="critical">
          {t(`faults.${fault}`)}
        </Text>
      )}
    </BlockStack>
  );
}
