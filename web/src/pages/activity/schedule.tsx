import { useTranslation } from 'react-i18next';
import { type JobsView, useJobs } from '../../api/activity.ts';
import { useFormat } from '../../format/provider.tsx';
import { Badge, type Column, FigureTable, InlineStack, Loaded, PageSection } from '../../ui/index.ts';

type Job = JobsView['schedule'][number];

/** What runs by the clock: when next, and how the last time went. */
export function Schedule() {
  const { t } = useTranslation('activity');
  const format = useFormat();
  const columns: Column<Job>[] = [
    { key: 'name', title: t('schedule.name'), cell: ({ name }) => t(`schedule.names.${name}`, { defaultValue: name }) },
    { key: 'next', title: t('schedule.next'), cell: ({ next }) => format.instant(next) },
    { key: 'last', title: t('schedule.last'), cell: ({ last }) => <Last last={last} /> },
  ];
  return (
    <PageSection title={t('schedule.title')} text={t('schedule.text')}>
      <Loaded query={useJobs()}>
        {({ schedule }) => (
          <FigureTable caption={t('schedule.title')} columns={columns} rows={schedule} keyOf={({ name }) => name} />
        )}
      </Loaded>
    </PageSection>
  );
}

function Last({ last }: { last: Job['last'] }) {
  const { t } = useTranslation('activity');
  const format = useFormat();
  if (last === null) return t('schedule.never');
  return (
    <InlineStack gap="200" blockAlign="center">
      <span>{t('schedule.took', { at: format.instant(last.at), seconds: format.decimal(last.seconds) })}</span>
      {!last.ok && <Badge tone="critical">{t('schedule.failed')}</Badge>}
    </InlineStack>
  );
}
