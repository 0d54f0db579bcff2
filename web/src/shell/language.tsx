import { useTranslation } from 'react-i18next';
import { useLocation, useNavigate } from 'react-router';
import { chooseViewLocale, isLocale, LOCALES } from '../i18n/locale.ts';
import { changeLocale } from '../i18n/start.ts';
import { keepLocale } from './kept.ts';
import styles from './shell.module.css';

/** Reads the admin in another language, in this browser only: the shop's is a setting. */
export function Language() {
  const { t, i18n } = useTranslation();
  const { pathname, search, state } = useLocation();
  const navigate = useNavigate();
  const choose = (locale: string): void => {
    if (!isLocale(locale)) return;
    chooseViewLocale(locale);
    // An address that asks for a language would win over the choice.
    const next = keepLocale(search, locale);
    if (next !== search) void navigate({ pathname, search: next }, { replace: true, state });
    void changeLocale(locale);
  };
  return (
    <select
      className={styles.language}
      aria-label={t('language.label')}
      value={i18n.language}
      onChange={({ target }) => choose(target.value)}
    >
      {LOCALES.map((locale) => (
        <option key={locale} value={locale} lang={locale}>
          {t(`language.${locale}`)}
        </option>
      ))}
    </select>
  );
}
