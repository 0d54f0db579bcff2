import styles from './progress.module.css';

/** How far something is; `share` of 1, null: nobody knows how much there is. `label` says it in words. */
export const Progress = ({ share, label }: { share: number | null; label: string }) => (
  <progress className={styles.bar} aria-label={label} {...(share === null ? {} : { value: share, max: 1 })} />
);
