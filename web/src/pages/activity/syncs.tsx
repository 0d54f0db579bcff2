import { useTranslation } from 'react-i18next';
import { type Sync, type SyncKind, useJobs, useReadAgain } from '../../api/activity.ts';
import { useFormat } from '../../format/provider.tsx';
import {
  Badge,
  Button,
  Empty,
  InlineStack,
  Loaded,
  PageSection,
  Progress,
  Reason,
  Text,
  useExplain,
  useToast,
} from '../../ui/index.ts';
import styles from './activity.module.css';

/** Kinds that can be wanted by themselves; the others follow from these. */
const ASKABLE: readonly string[] = ['reconcile', 'webhooks', 'orders', 'customers'] satisfies SyncKind[];
const TONES: Record<string, 'success' | 'critical' | 'info' | 'attention'> = {
  done: 'success',
  failed: 'critical',
  loading: 'info',
  asked: 'info',
  waiting: 'attention',
};

/** What is read from the platform, how far it is, and a way to have it read again. */
export function Syncs() {
  const { t } = useTranslation('activity');
  const query = useJobs();
  return (
    <PageSection title={t('syncs.title')} text={t('syncs.text')}>
      <Loaded query={query} lines={8}>
        {({ syncs }) =>
          syncs.length === 0 ? (
            <Empty title={t('syncs.noneTitle')} text={t('syncs.noneText')} />
          ) : (
            <ul className={styles.list}>
              {syncs.map((sync) => (
                <SyncOne key={sync.kind} sync={sync} />
              ))}
            </ul>
          )
        }
      </Loaded>
    </PageSection>
  );
}

function SyncOne({ sync }: { sync: Sync }) {
  const { t } = useTranslation('activity');
  const { kind, state, errorCode, reason } = sync;
  const name = t(`syncs.kinds.${kind}`, { defaultValue: kind });
  return (
    <li className={styles.item}>
      <div className={styles.words}>
        <InlineStack gap="200" blockAlign="center">
          <Text as="h3" variant="headingSm">
            {name}
          </Text>
          <Badge tone={TONES[state] ?? 'info'}>{t(`syncs.states.${state}`, { defaultValue: state })}</Badge>
        </InlineStack>
        <Far sync={sync} name={name} />
        {reason !== null && (
          <Text as="p">
            <Reason code={errorCode} sentence={reason} />
          </Text>
        )}
      </div>
      {ASKABLE.includes(kind) && <Again kind={kind as SyncKind} name={name} />}
    </li>
  );
}

function Far({ sync, name }: { sync: Sync; name: string }) {
  const { t } = useTranslation('activity');
  const format = useFormat();
  const { state, count, total, refused, dueAt, startedAt, finishedAt } = sync;
  const done = format.count(count);
  const facts = [
    ...(total === null ? [t('syncs.counted', { done })] : [t('syncs.countedOf', { done, total: format.count(total) })]),
    ...(refused === 0 ? [] : [t('syncs.refused', { count: refused, shown: format.count(refused) })]),
    finishedAt === null
      ? dueAt === null
        ? t('syncs.started', { at: format.instant(startedAt) })
        : t('syncs.due', { at: format.instant(dueAt) })
      : t('syncs.finished', { at: format.instant(finishedAt) }),
  ];
  const share = total === null || total === 0 ? null : Math.min(1, count / total);
  const label = t('syncs.progress', {
    name,
    done,
    total: total === null ? t('common:states.none') : format.count(total),
  });
  return (
    <>
      <Text as="p" tone="subdued" variant="bodySm">
        {facts.join(' · ')}
      </Text>
      {(state === 'loading' || state === 'asked') && <Progress share={share} label={label} />}
    </>
  );
}

function Again({ kind, name }: { kind: SyncKind; name: string }) {
  const { t } = useTranslation('activity');
  const { mutate, isPending } = useReadAgain();
  const say = useToast();
  const explain = useExplain();
  const read = (): void =>
    mutate(kind, {
      onSuccess: () => say(t('syncs.asked')),
      onError: (error) => say(explain(error), { isError: true }),
    });
  return (
    <Button onClick={read} loading={isPending} accessibilityLabel={`${t('syncs.again')}: ${name}`}>
      {t('syncs.again')}
    </Button>
  );
}
