import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TierProgram } from '../../api/program.ts';
import { wholeOfTyped } from '../../format/minor.ts';
import { ChoiceList, Form, FormLayout, Modal, TextField } from '../../ui/index.ts';
import { focusFault } from './focus-fault.ts';
import { type Metric, withMetric } from './tiers.form.ts';
import { usePlace } from './use-place.ts';
import { useUnit } from './use-unit.ts';

const METRICS = ['earned', 'spend', 'orders'] as const;
const WINDOWS = ['rolling-12-months', 'calendar-year', 'lifetime'] as const;

type Props = { tiers: TierProgram; onDone: (tiers: TierProgram) => void; onClose: () => void };

/** By what levels are reached, over which time, and how much longer they are kept. */
export function TierTerms({ tiers, onDone, onClose }: Props) {
  const { t } = useTranslation('program');
  const { t: common } = useTranslation();
  const { place } = usePlace();
  const unitOf = useUnit();
  const [metric, setMetric] = useState<Metric>(tiers.metric);
  const [window, setWindow] = useState(tiers.window);
  const [grace, setGrace] = useState(String(tiers.graceDays));
  const [faulty, setFaulty] = useState(false);
  const done = (): void => {
    const graceDays = wholeOfTyped(grace);
    if (graceDays === null || graceDays < 0 || graceDays > 731) {
      setFaulty(true);
      focusFault();
      return;
    }
    onDone({ ...withMetric(tiers, metric, place), window, graceDays });
    onClose();
  };
  return (
    <Modal
      open
      onClose={onClose}
      title={t('tiers.editTerms')}
      primaryAction={{ content: t('done'), onAction: done }}
      secondaryActions={[{ content: common('actions.cancel'), onAction: onClose }]}
    >
      <Modal.Section>
        <Form onSubmit={done}>
          <FormLayout>
            <ChoiceList
              title={t('level.metric')}
              choices={METRICS.map((value) => ({
                value,
                label: t(`metrics.${value}`),
                helpText: t(`metricHelp.${value}`),
              }))}
              selected={[metric]}
              onChange={([next]) => setMetric(next as Metric)}
            />
            <ChoiceList
              title={t('level.window')}
              choices={WINDOWS.map((value) => ({
                value,
                label: t(`windows.${value}`),
                helpText: t(`windowHelp.${value}`),
              }))}
              selected={[window]}
              onChange={([next]) => setWindow(next as typeof window)}
            />
            <TextField
              label={t('level.graceDays')}
              helpText={t('help.graceDays')}
              value={grace}
              onChange={(next) => {
                setGrace(next);
                setFaulty(false);
              }}
              suffix={unitOf('days')}
              inputMode="numeric"
              autoComplete="off"
              error={faulty && t('faults.graceDays')}
            />
          </FormLayout>
        </Form>
      </Modal.Section>
    </Modal>
  );
}
