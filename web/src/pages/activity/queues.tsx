import { useTranslation } from 'react-i18next';
import { type JobsView, useJobs } from '../../api/activity.ts';
import { useFormat } from '../../format/provider.tsx';
import { type Column, FigureTable, Loaded, PageSection } from '../../ui/index.ts';

type Queue = JobsView['queues'][number];

/** Work that is there and not done yet. */
export function Queues() {
  const { t } = useTranslation('activity');
  const format = useFormat();
  const columns: Column<Queue>[] = [
    { key: 'name', title: t('queues.name'), cell: ({ name }) => t(`queues.names.${name}`, { defaultValue: name }) },
    { key: 'waiting', title: t('queues.waiting'), numeric: true, cell: ({ waiting }) => format.count(waiting) },
    {
      key: 'oldest',
      title: t('queues.oldest'),
      cell: ({ oldestAt }) => (oldestAt === null ? t('common:states.none') : format.instant(oldestAt)),
    },
  ];
  return (
    <PageSection title={t('queues.title')} text={t('queues.text')}>
      <Loaded query={useJobs()}>
        {({ queues }) => (
          <FigureTable caption={t('queues.title')} columns={columns} rows={queues} keyOf={({ name }) => name} />
        )}
      </Loaded>
    </PageSection>
  );
}
