import { useTranslation } from 'react-i18next';
import { type Archive, useArchives, useMakeArchive } from '../../api/files.ts';
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
import styles from './settings.module.css';
import { useDownload } from './use-download.ts';

const TONES = { running: 'info', done: 'success', failed: 'critical' } as const;
const MEGABYTE = 1_000_000;

/** Everything of the shop as a file: asked for, watched, downloaded. */
export function Archives() {
  const { t } = useTranslation('settings');
  const query = useArchives();
  const { mutate, isPending } = useMakeArchive();
  const say = useToast();
  const explain = useExplain();
  const running = query.data?.items.some(({ state }) => state === 'running') ?? false;
  const make = (): void => mutate(undefined, { onError: (error) => say(explain(error), { isError: true }) });
  return (
    <PageSection
      title={t('archives.title')}
      text={t('archives.text')}
      action={
        <Button onClick={make} loading={isPending} disabled={running}>
          {t('archives.make')}
        </Button>
      }
    >
      <Loaded query={query} lines={4}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title={t('archives.noneTitle')} text={t('archives.noneText')} />
          ) : (
            <ul className={styles.list}>
              {items.map((archive) => (
                <ArchiveOne key={archive.id} archive={archive} />
              ))}
            </ul>
          )
        }
      </Loaded>
    </PageSection>
  );
}

function ArchiveOne({ archive: { id, state, progress, bytes, reason, startedAt, expiresAt } }: { archive: Archive }) {
  const { t } = useTranslation('settings');
  const format = useFormat();
  const { running, start } = useDownload();
  const at = format.instant(startedAt);
  return (
    <li className={styles.item}>
      <InlineStack gap="200" blockAlign="center">
        <Text as="h3" variant="headingSm">
          {t('archives.began', { at })}
        </Text>
        <Badge tone={TONES[state]}>{t(`archives.states.${state}`)}</Badge>
        {bytes !== null && (
          <Text as="span" tone="subdued">
            {t('archives.size', { size: format.decimal(bytes / MEGABYTE) })} ·{' '}
            {t('archives.until', { at: format.instant(expiresAt) })}
          </Text>
        )}
      </InlineStack>
      {state === 'running' && (
        <Progress share={progress} label={t('archives.progress', { percent: format.percent(progress, 0) })} />
      )}
      {reason !== null && (
        <Text as="p">
          <Reason code={null} sentence={reason} />
        </Text>
      )}
      {state === 'done' && (
        <InlineStack align="start">
          <Button
            loading={running !== null}
            accessibilityLabel={t('archives.downloadOne', { at })}
            onClick={() => start(`/archives/${id}/file`, `bazgasht-${id}.zip`)}
          >
            {t('archives.download')}
          </Button>
        </InlineStack>
      )}
    </li>
  );
}
