import { useTranslation } from 'react-i18next';
import { type Delivery, useDeliveries, useReplay } from '../../api/activity.ts';
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
  const replay = useReplaySaid();
  const some = (query.data?.pages[0]?.items.length ?? 0) > 0;
  const all = some && (
    <Button onClick={() => replay.now('all')} loading={replay.running === 'all'} disabled={replay.running !== null}>
      {t('parked.replayAll')}
    </Button>
  );
  return (
    <PageSection title={t('parked.title')} text={t('parked.text')} action={all}>
      <LoadedPages query={query} none={<Empty title={t('parked.noneTitle')} text={t('parked.noneText')} />}>
        {(items) => (
          <ul className={styles.list}>
            {items.map((delivery) => (
              <ParkedOne key={delivery.id} delivery={delivery} replay={replay} />
            ))}
          </ul>
        )}
      </LoadedPages>
    </PageSection>
  );
}

type Replay = ReturnType<typeof useReplaySaid>;

function ParkedOne({ delivery, replay }: { delivery: Delivery; replay: Replay }) {
  const { t } = useTranslation('activity');
  const format = useFormat();
  const { id, topic, receivedAt, attempts, errorCode, reason } = delivery;
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
      </div>
      <Button
        accessibilityLabel={t('parked.replayOne', { topic, at })}
        onClick={() => replay.now({ id })}
        loading={replay.running === id}
        disabled={replay.running !== null}
      >
        {t('parked.replay')}
      </Button>
    </li>
  );
}

/** Replays, and says what became of it. */
function useReplaySaid() {
  const { t } = useTranslation('activity');
  const { mutate, isPending, variables } = useReplay();
  const say = useToast();
  const explain = useExplain();
  const running = isPending && variables !== undefined ? (variables === 'all' ? 'all' : variables.id) : null;
  const now = (which: { id: string } | 'all'): void =>
    mutate(which, {
      onSuccess: () => say(t(which === 'all' ? 'parked.replayedAll' : 'parked.replayed')),
      onError: (error) => say(explain(error), { isError: true }),
    });
  return { now, running };
}
