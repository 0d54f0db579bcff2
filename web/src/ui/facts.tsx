import type { ReactNode } from 'react';
import styles from './facts.module.css';

/** Names and values side by side, as a list of descriptions. */
export function Facts({ items }: { items: readonly { key: string; term: string; value: ReactNode }[] }) {
  return (
    <dl className={styles.facts}>
      {items.map(({ key, term, value }) => (
        <div key={key} className={styles.fact}>
          <dt className={styles.term}>{term}</dt>
          <dd className={styles.value}>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** A few main figures in a row. */
export function Figures({ items }: { items: readonly { key: string; term: string; value: ReactNode }[] }) {
  return (
    <dl className={styles.figures}>
      {items.map(({ key, term, value }) => (
        <div key={key}>
          <dt className={styles.term}>{term}</dt>
          <dd className={styles.figure}>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
