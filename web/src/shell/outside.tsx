import { useTranslation } from 'react-i18next';
import styles from './outside.module.css';

/** What stands here when the admin is opened outside of a shop's admin: nothing can be asked without one. */
export function Outside() {
  const { t } = useTranslation();
  return (
    <main className={styles.page}>
      <h1>{t('outside.title')}</h1>
      <p>{t('outside.text')}</p>
      <a href="/">{t('outside.start')}</a>
    </main>
  );
}
