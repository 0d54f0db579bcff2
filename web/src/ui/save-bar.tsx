import { Button, InlineStack, Text } from '@shopify/polaris';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './save-bar.module.css';
import { useBlocker } from './use-blocker.ts';

type Props = { dirty: boolean; saving: boolean; onSave: () => void; onDiscard: () => void };

/**
 * Stands at the bottom of a form that was changed and not saved. Ctrl or Cmd + S saves; leaving asks first.
 */
export function SaveBar({ dirty, saving, onSave, onDiscard }: Props) {
  const { t } = useTranslation();
  useBlocker(dirty, t('states.leave'));
  useEffect(() => {
    if (!dirty) return;
    const save = (event: KeyboardEvent): void => {
      if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 's') return;
      event.preventDefault();
      if (!saving) onSave();
    };
    window.addEventListener('keydown', save);
    return () => window.removeEventListener('keydown', save);
  }, [dirty, saving, onSave]);
  if (!dirty) return null;
  return (
    <section className={styles.bar} aria-label={t('states.unsaved')}>
      <InlineStack align="space-between" blockAlign="center" gap="300">
        <Text as="p" fontWeight="semibold">
          {t('states.unsaved')}
        </Text>
        <InlineStack gap="200">
          <Button onClick={onDiscard} disabled={saving}>
            {t('actions.discard')}
          </Button>
          <Button variant="primary" onClick={onSave} loading={saving}>
            {t('actions.save')}
          </Button>
        </InlineStack>
      </InlineStack>
    </section>
  );
}
