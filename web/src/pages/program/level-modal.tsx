import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TierLevel, TierProgram } from '../../api/program.ts';
import { Checkbox, Form, FormLayout, Modal, TextField } from '../../ui/index.ts';
import { focusFault } from './focus-fault.ts';
import { type LevelFaults, type LevelForm, levelOfForm } from './tiers.form.ts';
import { usePlace } from './use-place.ts';
import { type Unit, useUnit } from './use-unit.ts';

type Props = {
  start: LevelForm;
  tiers: TierProgram;
  onDone: (level: TierLevel) => void;
  onClose: () => void;
};
type TextKey = { [K in keyof LevelForm]: LevelForm[K] extends string ? K : never }[keyof LevelForm];

const UNIT_OF_METRIC = { earned: 'points', spend: 'money', orders: 'orders' } as const;

/** A level's form. Done puts it into the draft; nothing is in force before the program is saved. */
export function LevelModal({ start, tiers, onDone, onClose }: Props) {
  const { t } = useTranslation('program');
  const { t: common } = useTranslation();
  const { place } = usePlace();
  const [form, setForm] = useState(start);
  const [faults, setFaults] = useState<LevelFaults>({});
  const set = (change: Partial<LevelForm>): void => {
    setForm((now) => ({ ...now, ...change }));
    setFaults((now) => Object.fromEntries(Object.entries(now).filter(([field]) => !(field in change))));
  };
  const done = (): void => {
    const others = tiers.levels.filter(({ id }) => id !== start.id);
    const read = levelOfForm(form, { metric: tiers.metric, habit: place, others });
    if ('faults' in read) {
      setFaults(read.faults);
      focusFault();
      return;
    }
    onDone(read.level);
    onClose();
  };
  return (
    <Modal
      open
      onClose={onClose}
      title={t(start.id === '' ? 'tiers.add' : 'tiers.edit')}
      primaryAction={{ content: t('done'), onAction: done }}
      secondaryActions={[{ content: common('actions.cancel'), onAction: onClose }]}
    >
      <Modal.Section>
        <Form onSubmit={done}>
          <Fields form={form} faults={faults} set={set} unit={UNIT_OF_METRIC[tiers.metric]} />
        </Form>
      </Modal.Section>
    </Modal>
  );
}

type FieldsProps = {
  form: LevelForm;
  faults: LevelFaults;
  set: (change: Partial<LevelForm>) => void;
  unit: Unit;
};

function Fields({ form, faults, set, unit }: FieldsProps) {
  const { t } = useTranslation('program');
  const unitOf = useUnit();
  const text = (name: TextKey, { unit: its, help }: { unit?: Unit; help?: string } = {}) => (
    <TextField
      label={t(`level.${name}`)}
      value={form[name]}
      onChange={(value) => set({ [name]: value })}
      autoComplete="off"
      suffix={its && unitOf(its)}
      helpText={help}
      error={faults[name] && t(`faults.${faults[name]}`)}
    />
  );
  const check = (name: 'freeShipping' | 'exclusiveRewards') => (
    <Checkbox label={t(`level.${name}`)} checked={form[name]} onChange={(on) => set({ [name]: on })} />
  );
  return (
    <FormLayout>
      <FormLayout.Group>
        {text('en')}
        {text('fa', { help: t('help.fa') })}
      </FormLayout.Group>
      <FormLayout.Group>
        {text('threshold', { unit, help: t('help.threshold') })}
        {text('factor', { unit: 'times', help: t('help.levelFactor') })}
      </FormLayout.Group>
      <FormLayout.Group>
        {text('entryBonus', { unit: 'points', help: t('help.entryBonus') })}
        {text('birthdayBonus', { unit: 'points' })}
      </FormLayout.Group>
      {check('freeShipping')}
      {check('exclusiveRewards')}
      <FormLayout.Group>
        {text('earlyAccessTag', { help: t('help.earlyAccessTag') })}
        {text('gift')}
      </FormLayout.Group>
    </FormLayout>
  );
}
