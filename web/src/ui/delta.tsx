import { Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import styles from './delta.module.css';

/** How a figure moved: `size` is written without a sign. `good`: null where neither way is better. */
export type Change = { direction: 'up' | 'down' | 'same'; size: string; good: boolean | null };

/** Drawn, since not every font has such signs. */
const SIGNS = { up: 'M1 7 5 1l4 6z', down: 'M1 1h8L5 7z', same: 'M1 2h8v1.5H1zM1 5h8v1.5H1z' } as const;

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
        <svg className={styles.sign} viewBox="0 0 10 8" aria-hidden="true">
          <path d={SIGNS[direction]} />
        </svg>{' '}
        {t(`change.${direction}`, { size })}
      </span>{' '}
      <span className={styles.against}>{against}</span>
    </p>
  );
}
