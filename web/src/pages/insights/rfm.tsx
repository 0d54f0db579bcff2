import { useTranslation } from 'react-i18next';
import { type Rfm as RfmView, useRfm } from '../../api/numbers.ts';
import { Heatmap, type HeatRow } from '../../charts/heatmap.tsx';
import { useFormat } from '../../format/provider.tsx';
import { type Column, FigureTable, groupLink, segmentLink, Text } from '../../ui/index.ts';
import styles from './insights.module.css';
import { Part, ShareBar, Who } from './part.tsx';

const SEGMENTS = [
  ...(['champions', 'loyal_customers', 'potential_loyalists', 'new_customers', 'promising'] as const),
  ...(['need_attention', 'about_to_sleep', 'cant_lose', 'at_risk', 'hibernating'] as const),
];
type Segment = (typeof SEGMENTS)[number];
type Row = { segment: Segment; customers: number; share: number | null };

const SCORES = [1, 2, 3, 4, 5] as const;
const isSegment = (name: string): name is Segment => SEGMENTS.some((one) => one === name);

const rowsOf = ({ segments, customers }: RfmView): Row[] =>
  SEGMENTS.map((segment) => {
    const count = segments[segment] ?? 0;
    return { segment, customers: count, share: customers === 0 ? null : count / customers };
  });

/** Recency down the side, the most recent on top; frequency across. */
function Scores({ rfm }: { rfm: RfmView }) {
  const { t } = useTranslation('insights');
  const format = useFormat();
  const nameOf = (segment: string): string => (isSegment(segment) ? t(`rfm.name.${segment}`) : segment);
  const rows: HeatRow[] = SCORES.toReversed().map((r) => ({
    key: String(r),
    title: t('rfm.recency', { score: format.count(r) }),
    cells: SCORES.map((f) => {
      const cell = rfm.grid.find((one) => one.r === r && one.f === f);
      const [customers, name] = [cell?.customers ?? 0, nameOf(cell?.segment ?? '')];
      return {
        value: customers,
        text: (
          <span className={styles.score}>
            {format.count(customers)} <small>{name}</small>
          </span>
        ),
        label: t('rfm.cell', { customers: format.count(customers), r: format.count(r), f: format.count(f), name }),
        url: groupLink({ group: `rfm-score:${r}-${f}` }),
      };
    }),
  }));
  return (
    <Heatmap
      caption={t('rfm.caption')}
      corner={t('rfm.corner')}
      columns={SCORES.map((f) => ({ key: String(f), title: t('rfm.frequency', { score: format.count(f) }) }))}
      rows={rows}
    />
  );
}

/** Customers by how lately and how often they bought, and the ten segments that this makes. */
export function Rfm() {
  const { t } = useTranslation('insights');
  const { t: common } = useTranslation();
  const format = useFormat();
  const query = useRfm();
  const columns: Column<Row>[] = [
    {
      key: 'segment',
      title: t('rfm.segment'),
      cell: ({ segment }) => t(`rfm.name.${segment}`),
      csv: ({ segment }) => segment,
    },
    {
      key: 'customers',
      title: t('months.all'),
      numeric: true,
      cell: ({ segment, customers }) => (
        <Who url={segmentLink(`rfm:${segment}`)} shown={format.count(customers)} what={t(`rfm.name.${segment}`)} />
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
      cell: ({ segment }) => <span className={styles.words}>{t(`rfm.of.${segment}`)}</span>,
    },
  ];
  return (
    <Part title={t('tabs.rfm')} text={t('rfm.text')} query={query} room={50}>
      {(rfm) => (
        <>
          <Scores rfm={rfm} />
          <Text as="h3" variant="headingSm">
            {t('rfm.segments')}
          </Text>
          <FigureTable
            caption={t('rfm.segments')}
            columns={columns}
            rows={rowsOf(rfm)}
            keyOf={({ segment }) => segment}
            file="rfm-segments"
          />
        </>
      )}
    </Part>
  );
}
