import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { type ProgramRules, useTierPreview } from '../../api/program.ts';
import { BlockStack, Failed, List, Modal, SkeletonBodyText, Text } from '../../ui/index.ts';
import { PreviewResult } from './tiers-preview.tsx';

type Props = { rules: ProgramRules; saving: boolean; onSave: () => void; onClose: () => void };

/** Before tiers change: what happens to members. */
export function Confirm({ rules: { tiers }, saving, onSave, onClose }: Props) {
  const { t } = useTranslation('program');
  const { t: common } = useTranslation();
  const preview = useTierPreview();
  const counts = tiers?.enabled === true;
  const { mutate } = preview;
  useEffect(() => {
    if (tiers && counts) mutate(tiers);
  }, [tiers, counts, mutate]);
  return (
    <Modal
      open
      onClose={onClose}
      title={t('confirm.title')}
      primaryAction={{ content: common('actions.save'), onAction: onSave, loading: saving }}
      secondaryActions={[{ content: common('actions.cancel'), onAction: onClose }]}
    >
      <Modal.Section>
        <BlockStack gap="400">
          <List>
            <List.Item>{t('confirm.orders')}</List.Item>
            <List.Item>{t('confirm.points')}</List.Item>
            <List.Item>{t(counts ? 'confirm.tiers' : 'confirm.noTiers')}</List.Item>
          </List>
          {counts && (
            <section aria-label={t('preview.moves')} aria-live="polite">
              <BlockStack gap="200">
                <Text as="h3" variant="headingSm">
                  {t('confirm.members')}
                </Text>
                {preview.isPending && <SkeletonBodyText lines={6} />}
                {preview.error && <Failed error={preview.error} onRetry={() => mutate(tiers)} />}
                {preview.data && <PreviewResult preview={preview.data} tiers={tiers} />}
              </BlockStack>
            </section>
          )}
        </BlockStack>
      </Modal.Section>
    </Modal>
  );
}
