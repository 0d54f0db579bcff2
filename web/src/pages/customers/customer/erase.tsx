import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useErase } from '../../../api/customer.ts';
import { Banner, BlockStack, Modal, Text, TextField, useExplain } from '../../../ui/index.ts';
import { useSay } from './use-say.ts';

/** Erases a customer, once a word has been typed: this cannot be undone. */
export function Erase({ id, open, onClose }: { id: string; open: boolean; onClose: () => void }) {
  const { t } = useTranslation('customer');
  const { t: common } = useTranslation();
  const [typed, setTyped] = useState('');
  const erase = useErase(id);
  const explain = useExplain();
  const say = useSay();
  const navigate = useNavigate();
  const word = t('data.word');
  const close = (): void => {
    setTyped('');
    erase.reset();
    onClose();
  };
  const confirmed = typed.trim().toLowerCase() === word;
  const act = (): void =>
    erase.mutate(undefined, {
      onSuccess: () => {
        say.done(t('data.erased'));
        void navigate('/customers', { replace: true });
      },
    });
  return (
    <Modal
      open={open}
      onClose={close}
      title={t('data.eraseTitle')}
      primaryAction={{
        content: t('data.eraseNow'),
        destructive: true,
        onAction: act,
        disabled: !confirmed,
        loading: erase.isPending,
      }}
      secondaryActions={[{ content: common('actions.cancel'), onAction: close }]}
    >
      <Modal.Section>
        <BlockStack gap="400">
          {erase.error && <Banner tone="critical">{explain(erase.error)}</Banner>}
          <Text as="p">{t('data.eraseText')}</Text>
          <TextField label={t('data.typeLabel', { word })} value={typed} onChange={setTyped} autoComplete="off" />
        </BlockStack>
      </Modal.Section>
    </Modal>
  );
}
