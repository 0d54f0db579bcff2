import { useTranslation } from 'react-i18next';
import type { useProfile } from '../../../api/customer.ts';
import { useFormat } from '../../../format/provider.tsx';
import { Facts, LoadedCard } from '../../../ui/index.ts';

export type ProfileQuery = { query: ReturnType<typeof useProfile> };

/** A region's or language's name in the language of the page; its code where it has none. */
function nameOfCode(locale: string, type: 'region' | 'language', code: string): string {
  try {
    return new Intl.DisplayNames([locale], { type }).of(code) ?? code;
  } catch {
    return code;
  }
}

/** Who it is, and how to reach them. */
export function Contact({ query }: ProfileQuery) {
  const { t, i18n } = useTranslation('customer');
  const { t: common } = useTranslation();
  const format = useFormat();
  const none = common('states.none');
  const ltr = (text: string | null) => (text === null ? none : <bdi dir="ltr">{text}</bdi>);
  return (
    <LoadedCard title={t('contact.title')} query={query} lines={7}>
      {({ email, phone, country, locale, platformId, registeredAt, createdAt }) => (
        <Facts
          items={[
            { key: 'email', term: t('contact.email'), value: ltr(email) },
            { key: 'phone', term: t('contact.phone'), value: ltr(phone) },
            {
              key: 'country',
              term: t('contact.country'),
              value: country === null ? none : <bdi>{nameOfCode(i18n.language, 'region', country)}</bdi>,
            },
            {
              key: 'language',
              term: t('contact.language'),
              value: locale === null ? none : <bdi>{nameOfCode(i18n.language, 'language', locale)}</bdi>,
            },
            { key: 'id', term: t('contact.platformId'), value: ltr(platformId) },
            {
              key: 'registered',
              term: t('contact.registered'),
              value: registeredAt === null ? t('contact.guest') : format.dayOfInstant(registeredAt),
            },
            { key: 'known', term: t('contact.known'), value: format.dayOfInstant(createdAt) },
          ]}
        />
      )}
    </LoadedCard>
  );
}
