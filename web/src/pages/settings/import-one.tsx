import { useTranslation } from 'react-i18next';
import { type Import, useCancelImport } from '../../api/files.ts';
import { useFormat } from '../../format/provider.tsx';
import {
  Badge,
  Button,
  type Column,
  FigureTable,
  InlineStack,
  Progress,
  Reason,
  Text,
  useExplain,
  useToast,
} from '../../ui/index.ts';
import styles from './settings.module.css';

const TONES = { running: 'info', done: 'success', failed: 'critical', cancelled: 'attention' } as const;

/** One file that is brought in, was, or was only checked: how far, what came of it, and which rows were refused. */
export function ImportOne({ one }: { one: Import }) {
  const { t } = useTranslation('settings');
  const format = useFormat();
  const { file, errorCode, reason, earns, dryRun, progress, refusals, refused } = one;
  const state = errorCode === 'imports.cancelled' ? 'cancelled' : one.state;
  return (
    <li className={styles.item}>
      <InlineStack gap="200" blockAlign="center">
        <Text as="h4" variant="headingSm">
          <bdi>{file}</bdi>
        </Text>
        <Badge tone={TONES[state]}>{t(`imports.states.${state}`)}</Badge>
        {dryRun && <Badge>{t('imports.dryRun')}</Badge>}
        {earns && <Badge>{t('imports.earns')}</Badge>}
      </InlineStack>
      {state === 'running' && (
        <Progress share={progress} label={t('imports.progress', { file, percent: format.percent(progress, 0) })} />
      )}
      <Counted one={one} />
      {reason !== null && state === 'failed' && (
        <Text as="p" tone="critical">
          <Reason code={errorCode} sentence={reason} />
        </Text>
      )}
      {refusals.length > 0 && <Refusals file={file} refusals={refusals} refused={refused} />}
      {state === 'running' && <Cancel one={one} />}
    </li>
  );
}

function Counted({ one }: { one: Import }) {
  const { t } = useTranslation('settings');
  const format = useFormat();
  const { rows, created, unchanged, refused, dryRun, startedAt, finishedAt } = one;
  const said = (key: string, count: number): string => t(key, { count, shown: format.count(count) });
  const facts = [
    said('imports.rows', rows),
    said(dryRun ? 'imports.wouldCreate' : 'imports.created', created),
    ...(unchanged === 0 ? [] : [said('imports.unchanged', unchanged)]),
    ...(refused === 0 ? [] : [said('imports.refused', refused)]),
    finishedAt === null
      ? t('imports.began', { at: format.instant(startedAt) })
      : t('imports.finished', { at: format.instant(finishedAt) }),
  ];
  return (
    <Text as="p" tone="subdued">
      {facts.join(' · ')}
    </Text>
  );
}

type Refusal = Import['refusals'][number];

function Refusals({ file, refusals, refused }: { file: string; refusals: Refusal[]; refused: number }) {
  const { t } = useTranslation('settings');
  const format = useFormat();
  const columns: Column<Refusal>[] = [
    { key: 'line', title: t('imports.line'), cell: ({ line }) => format.count(line), csv: ({ line }) => line },
    {
      key: 'reason',
      title: t('imports.reason'),
      cell: ({ reason }) => (
        <div className={styles.prose}>
          <Reason code={null} sentence={reason} />
        </div>
      ),
      csv: ({ reason }) => reason,
    },
  ];
  return (
    <details>
      <summary>
        {t('imports.refusals')} ({format.count(refused)})
      </summary>
      {refused > refusals.length && (
        <Text as="p" tone="subdued">
          {t('imports.refusalsShown', { shown: format.count(refusals.length) })}
        </Text>
      )}
      <FigureTable
        caption={t('imports.refusals')}
        columns={columns}
        rows={refusals}
        keyOf={({ line, reason }) => `${line}:${reason}`}
        file={`${file}-refused`}
      />
    </details>
  );
}

function Cancel({ one: { id, file } }: { one: Import }) {
  const { t } = useTranslation('settings');
  const { mutate, isPending } = useCancelImport();
  const say = useToast();
  const explain = useExplain();
  const cancel = (): void => mutate(id, { onError: (error) => say(explain(error), { isError: true }) });
  return (
    <InlineStack align="start">
      <Button onClick={cancel} loading={isPending} accessibilityLabel={t('imports.cancelOne', { file })}>
        {t('imports.cancel')}
      </Button>
    </InlineStack>
  );
}
