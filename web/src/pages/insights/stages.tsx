import { useTranslation } from 'react-i18next';
import { type Lifecycle, useLifecycle } from '../../api/numbers.ts';
import { useFormat } from '../../format/provider.tsx';
import { type Column, FigureTable, segmentLink } from '../../ui/index.ts';
import styles from './insights.module.css';
import { Part, ShareBar, Who } from './part.tsx';

/** In the order of a customer's life, not in that in which they are tried. */
const STAGES = ['lead', 'new', 'active', 'loyal', 'at_risk', 'lost'] as const;
type Row = { stage: (typeof STAGES)[number]; customers: number; share: number | null };

function rowsOf({ stages }: Lifecycle): Row[] {
  const all = Object.values(stages).reduce((sum, count) => sum + count, 0);
  return STAGES.map((stage) => ({
    stage,
    customers: stages[stage],
    share: all === 0 ? null : stages[stage] / all,
  }));
}

/** Where customers stand in their life with the shop today. */
export function Stages() {
  const { t } = useTranslation('insights');
  const { t: common } = useTranslation();
  const format = useFormat();
  const query = useLifecycle();
  const { at_risk_after_days: risk = 0, lost_after_days: lost = 0 } = query.data ?? {};
  const days = { risk: format.days(risk, 0), lost: format.days(lost, 0) };
  const columns: Column<Row>[] = [
    {
      key: 'stage',
      title: t('stages.stage'),
      cell: ({ stage }) => t(`stages.name.${stage}`),
      csv: ({ stage }) => stage,
    },
    {
      key: 'customers',
      title: t('months.all'),
      numeric: true,
      cell: ({ stage, customers }) => (
        <Who url={segmentLink(`lifecycle:${stage}`)} shown={format.count(customers)} what={t(`stages.name.${stage}`)} />
      ),
      csv: ({ customers }) => customers,
    },
    {
      key: 'share',
      title: t('stages.share'),
      cell: ({ share }) => (
        <ShareBar share={share} shown={share === null ? common('states.none') : format.percent(share)} />
      ),
      csv: ({ share }) => share,
    },
    {
      key: 'means',
      title: t('stages.means'),
      cell: ({ stage }) => <span className={styles.words}>{t(`stages.of.${stage}`, days)}</span>,
    },
  ];
  return (
    <Part title={t('tabs.stages')} text={t('stages.text')} query={query} room={24}>
      {(lifecycle) => (
        <FigureTable
          caption={t('tabs.stages')}
          columns={columns}
          rows={rowsOf(lifecycle)}
          keyOf={({ stage }) => stage}
          file="stages"
        />
      )}
    </Part>
  );
}
