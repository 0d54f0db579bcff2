import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type ShownProfile, useAdjust, useReverse } from '../../../api/customer.ts';
import { newKey } from '../../../api/key.ts';
import { useFormat } from '../../../format/provider.tsx';
import {
  Banner,
  BlockStack,
  ChoiceList,
  Form,
  FormLayout,
  Modal,
  Text,
  TextField,
  useExplain,
} from '../../../ui/index.ts';
import { type AdjustForm, adjustmentOf, EMPTY } from './adjust.rules.ts';
import { useSay } from './use-say.ts';

type Props = { id: string; points: ShownProfile['points']; open: boolean; onClose: () => void };

/** Gives points by hand or takes them off, with a look at the balance afterwards; the toast undoes it. */
export function Adjust({ id, points: { available }, open, onClose }: Props) {
  const { t } = useTranslation('customer');
  const { t: common } = useTranslation();
  const format = useFormat();
  const [form, setForm] = useState<AdjustForm>(EMPTY);
  const [tried, setTried] = useState(false);
  const adjust = useAdjust(id);
  const reverse = useReverse(id);
  const explain = useExplain();
  const say = useSay();
  // The same wish keeps its key, so that sending it twice has one effect; another wish has another.
  const sent = useRef({ wish: '', key: '' });
  const { points, reason, faults } = adjustmentOf(form, available);
  const close = (): void => {
    setForm(EMPTY);
    setTried(false);
    adjust.reset();
    onClose();
  };
  const save = (): void => {
    setTried(true);
    if (points === null || Object.keys(faults).length > 0 || adjust.isPending) return;
    const wish = `${points} ${reason}`;
    if (sent.current.wish !== wish) sent.current = { wish, key: newKey() };
    adjust.mutate(
      { points, reason, key: sent.current.key },
      {
        onSuccess: ({ id: made }) => {
          sent.current = { wish: '', key: '' };
          const undo = () =>
            reverse.mutate(made, { onSuccess: () => say.done(t('adjust.undone')), onError: say.failed });
          say.done(t(points > 0 ? 'adjust.given' : 'adjust.taken', { points: format.count(Math.abs(points)) }), undo);
          close();
        },
      },
    );
  };
  return (
    <Modal
      open={open}
      onClose={close}
      title={t('adjust.title')}
      primaryAction={{ content: t('adjust.save'), onAction: save, loading: adjust.isPending }}
      secondaryActions={[{ content: common('actions.cancel'), onAction: close }]}
    >
      <Modal.Section>
        <BlockStack gap="400">
          {adjust.error && <Banner tone="critical">{explain(adjust.error)}</Banner>}
          <Form onSubmit={save}>
            <Fields
              form={form}
              onChange={setForm}
              errors={tried ? faults : {}}
              words={{ points: format.count(Math.max(0, available)) }}
            />
          </Form>
          <div aria-live="polite">
            <Text as="p">{t('adjust.before', { points: format.count(available) })}</Text>
            <Text as="p" fontWeight="semibold">
              {t('adjust.after', { points: format.count(available + (points ?? 0)) })}
            </Text>
          </div>
        </BlockStack>
      </Modal.Section>
    </Modal>
  );
}

type FieldsProps = {
  form: AdjustForm;
  onChange: (form: AdjustForm) => void;
  errors: ReturnType<typeof adjustmentOf>['faults'];
  words: Record<string, string>;
};

function Fields({ form, onChange, errors, words }: FieldsProps) {
  const { t } = useTranslation('customer');
  const say = (fault: string | undefined) => fault && t(`adjust.${fault}`, words);
  return (
    <FormLayout>
      <ChoiceList
        title={t('adjust.direction')}
        choices={(['give', 'take'] as const).map((value) => ({ value, label: t(`adjust.${value}`) }))}
        selected={[form.direction]}
        onChange={([direction]) => onChange({ ...form, direction: direction as AdjustForm['direction'] })}
      />
      <TextField
        label={t('adjust.points')}
        value={form.points}
        onChange={(points) => onChange({ ...form, points })}
        inputMode="numeric"
        autoComplete="off"
        error={say(errors.points)}
      />
      <TextField
        label={t('adjust.reason')}
        helpText={t('adjust.reasonHint')}
        value={form.reason}
        onChange={(reason) => onChange({ ...form, reason })}
        autoComplete="off"
        maxLength={500}
        error={say(errors.reason)}
      />
    </FormLayout>
  );
}
