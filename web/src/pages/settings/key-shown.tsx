import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { KeyMade } from '../../api/keys.ts';
import { Banner, BlockStack, Button, InlineStack, Text, useToast } from '../../ui/index.ts';
import styles from './settings.module.css';

/** A new key, shown this once, with a way to copy it. */
export function KeyShown({ made: { name, key }, onDone }: { made: KeyMade; onDone: () => void }) {
  const { t } = useTranslation('settings');
  const say = useToast();
  const field = useRef<HTMLInputElement>(null);
  const copy = async (): Promise<void> => {
    field.current?.select();
    try {
      await navigator.clipboard.writeText(key);
      say(t('keys.copied'));
    } catch {
      // Frames of other origins are often not allowed to; it is selected, and can be copied by hand.
      say(t('keys.copyFailed'), { isError: true });
    }
  };
  return (
    <Banner tone="success" title={t('keys.shownTitle', { name })}>
      <BlockStack gap="300">
        <Text as="p">{t('keys.shownText')}</Text>
        <input
          ref={field}
          className={styles.secret}
          aria-label={t('keys.key')}
          value={key}
          dir="ltr"
          readOnly
          onFocus={({ target }) => target.select()}
        />
        <InlineStack gap="200">
          <Button variant="primary" onClick={() => void copy()}>
            {t('keys.copy')}
          </Button>
          <Button onClick={onDone}>{t('keys.done')}</Button>
        </InlineStack>
      </BlockStack>
    </Banner>
  );
}
