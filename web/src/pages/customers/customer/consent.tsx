import { useTranslation } from 'react-i18next';
import type { ShownProfile } from '../../../api/customer.ts';
import { useFormat } from '../../../format/provider.tsx';
import { Badge, LoadedCard, Text } from '../../../ui/index.ts';
import type { ProfileQuery } from './contact.tsx';
import { isolated } from './isolated.ts';
import styles from './parts.module.css';

type Given = ShownProfile['consents'][number];

/** To what they agreed, when, and how that is known. */
export function Consent({ query }: ProfileQuery) {
  const { t } = useTranslation('customer');
  return (
    <LoadedCard title={t('consent.title')} query={query} lines={3}>
      {({ consents }) =>
        consents.length === 0 ? (
          <Text as="p" tone="subdued">
            {t('consent.none')}
          </Text>
        ) : (
          <ul className={styles.list}>
            {consents.map((given) => (
              <ConsentItem key={given.channel} given={given} />
            ))}
          </ul>
        )
      }
    </LoadedCard>
  );
}

function ConsentItem({ given: { channel, state, at, source, evidence } }: { given: Given }) {
  const { t } = useTranslation('customer');
  const format = useFormat();
  return (
    <li className={styles.item}>
      <span className={styles.head}>
        <span>{t(`consent.channel.${channel}`)}</span>
        <Badge {...(state === 'subscribed' ? { tone: 'success' as const } : {})}>{t(`consent.state.${state}`)}</Badge>
      </span>
      <span className={styles.quiet}>{t('consent.since', { at: format.instant(at) })}</span>
      <span className={styles.quiet}>{t('consent.source', { source: isolated(source) })}</span>
      {evidence !== null && (
        <span className={styles.quiet}>{t('consent.evidence', { evidence: isolated(evidence) })}</span>
      )}
    </li>
  );
}
