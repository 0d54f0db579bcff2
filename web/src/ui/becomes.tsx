import { Icon } from '@shopify/polaris';
import { ArrowLeftIcon, ArrowRightIcon } from '@shopify/polaris-icons';
import { useDirection } from '../i18n/direction.ts';
import styles from './becomes.module.css';

/** An arrow from what was to what is, in the direction in which the page is read; `label` says it aloud. */
export function Becomes({ label }: { label: string }) {
  const source = useDirection() === 'rtl' ? ArrowLeftIcon : ArrowRightIcon;
  return (
    <span className={styles.arrow}>
      <Icon source={source} tone="subdued" accessibilityLabel={label} />
    </span>
  );
}
