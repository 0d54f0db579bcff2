import { useTranslation } from 'react-i18next';
import { type Delivery, useDeliveries } from '../../api/activity.ts';
import { useFormat } from '../../format/provider.tsx';
import { type Column, Empty, FigureTable, LoadedPages, PageSection, Reason } from '../../ui/index.ts';
import styles from './activity.module.css';

/** Deliveries that are applied next, or tried again after a pause. */
export function Waiting() {
  const { t } = useTranslation('activity');
  const format = useFormat();
  const columns: Column<Delivery>[] = [
    { key: 'topic', title: t('waiting.topic'), cell: ({ topic }) => <bdi>{topic}</bdi> },
    { key: 'received', title: t('waiting.received'), cell: ({ receivedAt }) => format.instant(receivedAt) },
    { key: 'attempts', title: t('waiting.attempts'), numeric: true, cell: ({ attempts }) => format.count(attempts) },
    {
      key: 'reason',
      title: t('waiting.reason'),
      cell: ({ errorCode, reason }) => (
        <div className={styles.prose}>
          <Reason code={errorCode} sentence={reason} none={t('common:states.none')} />
        </div>
      ),
    },
  ];
  return (
    <PageSection title={t('waiting.title')} text={t('waiting.text')}>
      <LoadedPages
        query={useDeliveries('pending')}
        none={<Empty title={t('waiting.noneTitle')} text={t('waiting.noneText')} />}
      >
        {(items) => <FigureTable caption={t('waiting.title')} columns={columns} rows={items} keyOf={({ id }) => id} />}
      </LoadedPages>
    </PageSection>
  );
}
