import { Button, InlineStack, Text } from '@shopify/polaris';
import { useEffect, useId, useLayoutEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { SaveBarOfHost } from '../hosts/host.ts';
import { useHost } from '../hosts/provider.tsx';
import { Confirm } from './confirm.tsx';
import styles from './save-bar.module.css';
import { useLeaving } from './use-leaving.ts';

type Props = { dirty: boolean; saving: boolean; onSave: () => void; onDiscard: () => void };

/**
 * Stands at the bottom of a form that was changed and not saved, or where the host has a bar for it. Ctrl or Cmd + S saves;
 * leaving asks first.
 */
export function SaveBar(props: Props) {
  const { t } = useTranslation();
  const { saveBar } = useHost();
  const { dirty, saving, onSave } = props;
  const { asking, leave, stay } = useLeaving(dirty, saveBar?.leave ?? null);
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
  return (
    <>
      {saveBar ? <HostBar {...props} bar={saveBar} /> : dirty && <OwnBar {...props} />}
      <Confirm
        open={asking}
        title={t('states.leave')}
        text={t('states.leaveText')}
        action={t('actions.leave')}
        onConfirm={leave}
        onClose={stay}
      />
    </>
  );
}

function OwnBar({ saving, onSave, onDiscard }: Props) {
  const { t } = useTranslation();
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

/** The host shows these two buttons in its own place; it finds them by the element's id. */
function HostBar({ bar, dirty, saving, onSave, onDiscard }: Props & { bar: SaveBarOfHost }) {
  const { t } = useTranslation();
  const id = useId();
  // Before the element goes away: a host cannot hide what it no longer finds.
  useLayoutEffect(() => {
    const ignore = (): void => undefined;
    (dirty ? bar.show(id) : bar.hide(id)).catch(ignore);
    return () => void bar.hide(id).catch(ignore);
  }, [bar, dirty, id]);
  return (
    <ui-save-bar id={id}>
      <button type="button" variant="primary" loading={saving ? '' : undefined} onClick={onSave}>
        {t('actions.save')}
      </button>
      <button type="button" disabled={saving} onClick={onDiscard}>
        {t('actions.discard')}
      </button>
    </ui-save-bar>
  );
}
