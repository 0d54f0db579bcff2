import { Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import styles from './delta.module.css';

/** How a figure moved: `size` is written without a sign. `good`: null where neither way is better. */
export type Change = { direction: 'up' | 'down' | 'same'; size: string; good: boolean | null };

const SIGNS = { up: '▲', down: '▼', same: '=' } as const;

/** A change against what was before. The way it went is said in a word and a sign; the colour only repeats it. */
export function Delta({ change, against }: { change: Change | null; against: string }) {
  const { t } = useTranslation('figures');
  if (change === null) {
    return (
      <Text as="p" variant="bodySm" tone="subdued">
        {t('change.none')}
      </Text>
    );
  }
  const { direction, size, good } = change;
  const tone = good === null || direction === 'same' ? styles.plain : good ? styles.good : styles.bad;
  return (
    <p className={styles.delta}>
      <span className={tone}>
        <span aria-hidden="true">{SIGNS[direction]} </span>
        {t(`change.${direction}`, { size })}
      </span>{' '}
      <span className={styles.against}>{against}</span>
    </p>
  );
}
