import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type ProgramRules, useCalculation } from '../../api/program.ts';
import { BlockStack, Card, Text } from '../../ui/index.ts';
import styles from './program.module.css';
import { newSample, type SampleForm, sampleOfForm } from './sample.form.ts';
import { SampleAnswer } from './sample-answer.tsx';
import { SampleFields } from './sample-fields.tsx';
import { usePlace } from './use-place.ts';
import { useSettled } from './use-settled.ts';

/** What a sample order would earn by the rules as they stand here, saved or not. */
export function Calculator({ rules }: { rules: ProgramRules }) {
  const { t } = useTranslation('program');
  const { place } = usePlace();
  const [form, setForm] = useState<SampleForm>(() => newSample(rules, place));
  const read = useMemo(() => sampleOfForm(form, rules, place), [form, rules, place]);
  const order = useSettled('order' in read ? read.order : null);
  const query = useCalculation(order);
  return (
    <Card>
      <BlockStack gap="400">
        <Text as="h2" variant="headingMd">
          {t('sample.title')}
        </Text>
        <Text as="p" tone="subdued">
          {t('sample.about')}
        </Text>
        <div className={styles.calculator}>
          <SampleFields
            form={form}
            faults={'faults' in read ? read.faults : {}}
            tiers={rules.tiers}
            onChange={setForm}
          />
          <section className={styles.answer} aria-live="polite" aria-label={t('sample.result')}>
            <SampleAnswer query={query} rules={rules} />
          </section>
        </div>
      </BlockStack>
    </Card>
  );
}
