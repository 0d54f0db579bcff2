import { useTranslation } from 'react-i18next';
import { type Delivery, useDeliveries, useReplay, useReplayAll } from '../../api/activity.ts';
import { useFormat } from '../../format/provider.tsx';
import {
  Button,
  Empty,
  InlineStack,
  LoadedPages,
  PageSection,
  Reason,
  Text,
  useExplain,
  useToast,
} from '../../ui/index.ts';
import styles from './activity.module.css';

/** Deliveries that could not be applied: what, when, why, and a way to try again. */
export function Parked() {
  const { t } = useTranslation('activity');
  const query = useDeliveries('parked');
  const some = query.data?.pages.some(({ items }) => items.some(canReplay)) ?? false;
  return (
    <PageSection title={t('parked.title')} text={t('parked.text')} action={some && <ReplayAll />}>
      <LoadedPages query={query} none={<Empty title={t('parked.noneTitle')} text={t('parked.noneText')} />}>
        {(items) => (
          <ul className={styles.list}>
            {items.map((delivery) => (
              <ParkedOne key={delivery.id} delivery={delivery} />
            ))}
          </ul>
        )}
      </LoadedPages>
    </PageSection>
  );
}

/** Where it would fail for ever, nobody is sent in circles. */
const canReplay = ({ replay }: Delivery): boolean => replay !== 'no';

function ParkedOne({ delivery }: { delivery: Delivery }) {
  const { t } = useTranslation('activity');
  const format = useFormat();
  const { topic, receivedAt, attempts, errorCode, reason, replay } = delivery;
  const at = format.instant(receivedAt);
  return (
    <li className={styles.item}>
      <div className={styles.words}>
        <InlineStack gap="200" blockAlign="baseline">
          <Text as="h3" variant="headingSm">
            <bdi>{topic}</bdi>
          </Text>
          <Text as="span" tone="subdued" variant="bodySm">
            {at} · {t('parked.attempts', { count: attempts, shown: format.count(attempts) })}
          </Text>
        </InlineStack>
        <Text as="p">
          <Reason code={errorCode} sentence={reason} none={t('parked.unexplained')} />
        </Text>
        {replay !== null && (
          <Text as="p" tone="subdued">
            {t(`parked.advice.${replay}`)}
          </Text>
        )}
      </div>
      {canReplay(delivery) && <ReplayOne delivery={delivery} at={at} />}
    </li>
  );
}

function ReplayOne({ delivery: { id, topic }, at }: { delivery: Delivery; at: string }) {
  const { t } = useTranslation('activity');
  const { mutate, isPending } = useReplay();
  const say = useToast();
  const explain = useExplain();
  const replay = (): void =>
    mutate(id, {
      onSuccess: () => say(t('parked.replayed')),
      onError: (error) => say(explain(error), { isError: true }),
    });
  return (
    <Button accessibilityLabel={t('parked.replayOne', { topic, at })} onClick={replay} loading={isPending}>
      {t('parked.replay')}
    </Button>
  );
}

function ReplayAll() {
  const { t } = useTranslation('activity');
  const format = useFormat();
  const { mutate, isPending } = useReplayAll();
  const say = useToast();
  const explain = useExplain();
  const replay = (): void =>
    mutate(undefined, {
      onSuccess: ({ replayed, left }) =>
        say(t('parked.replayedAll', { replayed: format.count(replayed), left: format.count(left) })),
      onError: (error) => say(explain(error), { isError: true }),
    });
  return (
    <Button onClick={replay} loading={isPending}>
      {t('parked.replayAll')}
    </Button>
  );
}
