import { useTranslation } from 'react-i18next';
import type { Effect } from '../../api/activity.ts';
import { useFormat } from '../../format/provider.tsx';
import { Badge, Button, InlineStack, Reason, Text } from '../../ui/index.ts';
import styles from './activity.module.css';
import { Decide } from './decide.tsx';

const TONES = {
  queued: 'attention',
  doing: 'info',
  done: 'success',
  failed: 'critical',
  doubtful: 'warning',
  withdrawn: undefined,
} as const satisfies Record<Effect['state'], string | undefined>;

/** The code of what went wrong inside is shared with deliveries, of which other things are to be said. */
const codeOf = (code: string | null): string | null => (code === 'internal' ? 'effects.internal' : code);

/** One thing that is done outside. */
export function OutgoingOne({ effect }: { effect: Effect }) {
  const { t } = useTranslation('activity');
  const format = useFormat();
  const { kind, about, state, customer, errorCode, reason, canRetry } = effect;
  const named = t(`outgoing.kinds.${kind}`, { defaultValue: '' });
  const plain = named === '' ? kind : named;
  const what = about === null ? plain : t('outgoing.named', { what: plain, about: `\u2068${about}\u2069` });
  const tone = TONES[state];
  const isOpen = state === 'failed' || state === 'doubtful';
  return (
    <li className={styles.item}>
      <div className={styles.words}>
        <InlineStack gap="200" blockAlign="center">
          <Text as="h3" variant="headingSm">
            {named === '' ? <bdi>{what}</bdi> : what}
          </Text>
          <Badge {...(tone ? { tone } : {})}>{t(`outgoing.states.${state}`)}</Badge>
        </InlineStack>
        <Course effect={effect} />
        {(isOpen || reason !== null) && (
          <Text as="p">
            <Reason code={codeOf(errorCode)} sentence={reason} none={t('parked.unexplained')} />
          </Text>
        )}
        {isOpen && !canRetry && (
          <Text as="p" tone="subdued">
            {t('outgoing.forgotten')}
          </Text>
        )}
        {customer !== null && (
          <div>
            <Button variant="plain" url={`/customers/${customer}`}>
              {t('outgoing.customer')}
            </Button>
          </div>
        )}
      </div>
      {canRetry && <Decide effect={effect} what={what} at={format.instant(effect.createdAt)} />}
    </li>
  );
}

/** Since when, how often it was tried, and what is next. */
function Course({ effect: { state, createdAt, attempts, dueAt, finishedAt } }: { effect: Effect }) {
  const { t } = useTranslation('activity');
  const format = useFormat();
  const next = dueAt === null ? t('outgoing.behind') : t('outgoing.due', { at: format.instant(dueAt) });
  const facts = [
    t('outgoing.since', { at: format.instant(createdAt) }),
    ...(attempts === 0 ? [] : [t('parked.attempts', { count: attempts, shown: format.count(attempts) })]),
    ...(state === 'queued' ? [next] : []),
    ...(finishedAt === null ? [] : [t('outgoing.ended', { at: format.instant(finishedAt) })]),
  ];
  return (
    <Text as="p" tone="subdued" variant="bodySm">
      {facts.join(' · ')}
    </Text>
  );
}
