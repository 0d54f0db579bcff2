import { useTranslation } from 'react-i18next';
import type { TierProgram } from '../../api/program.ts';
import { useFormat } from '../../format/provider.tsx';
import { DayField } from '../../range/day-field.tsx';
import { ChoiceList, FormLayout, InlineStack } from '../../ui/index.ts';
import { nameOfLevel } from '../customers/use-levels.ts';
import { Fold } from './fold.tsx';
import type { Part } from './rule.part.ts';

const WEEK = [1, 2, 3, 4, 5, 6, 7];

/** When the rule holds, and for whom. */
export function RuleWhen({ form, faults, set, tiers }: Part & { tiers: TierProgram | undefined }) {
  const { t, i18n } = useTranslation('program');
  const { habits, weekday } = useFormat();
  // In Persian the week begins on Saturday.
  const days = habits.calendar === 'persian' || habits.locale === 'fa' ? [6, 7, ...WEEK.slice(0, 5)] : WEEK;
  const levels = tiers?.levels ?? [];
  const used = form.from !== '' || form.until !== '' || form.weekdays.length > 0 || form.tiers.length > 0;
  return (
    <Fold title={t('parts.when')} open={used || faults.until !== undefined}>
      <FormLayout>
        <InlineStack gap="600">
          <DayField label={t('fields.from')} day={form.from} onChange={(day) => set('from', day)} />
          <DayField
            label={t('fields.until')}
            day={form.until}
            onChange={(day) => set('until', day)}
            error={faults.until && t(`faults.${faults.until}`)}
          />
        </InlineStack>
        <ChoiceList
          allowMultiple
          title={t('fields.weekdays')}
          choices={days.map((n) => ({ label: weekday(n), value: String(n) }))}
          selected={form.weekdays.map(String)}
          onChange={(chosen) => set('weekdays', chosen.map(Number))}
        />
        {levels.length > 0 && form.type !== 'signup' && (
          <ChoiceList
            allowMultiple
            title={t('fields.tiers')}
            choices={levels.map(({ id, name }) => ({ label: nameOfLevel(name, i18n.language), value: id }))}
            selected={form.tiers}
            onChange={(chosen) => set('tiers', chosen)}
          />
        )}
      </FormLayout>
    </Fold>
  );
}
