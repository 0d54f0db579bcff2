import { useTranslation } from 'react-i18next';
import { useKpis } from '../../api/numbers.ts';
import { RangePicker } from '../../range/range-picker.tsx';
import { useRange } from '../../range/use-range.ts';
import { BlockStack, Card, Empty, Page, PageTabs, useTab } from '../../ui/index.ts';
import { Channels } from './channels.tsx';
import { Cohorts } from './cohorts.tsx';
import { Gaps } from './gaps.tsx';
import { Ladder } from './ladder.tsx';
import { Months } from './months.tsx';
import { Points } from './points.tsx';
import { Retention } from './retention.tsx';
import { Rfm } from './rfm.tsx';
import { Stages } from './stages.tsx';

const TABS = ['cohorts', 'ladder', 'rfm', 'gaps', 'months', 'retention', 'channels', 'stages', 'points'] as const;
/** Parts that say how customers stand today: no range changes them. */
const OF_TODAY: readonly string[] = ['rfm', 'stages'];

/** Who comes back, when and after what: each part with its table, its file and the customers behind each figure. */
export default function Insights() {
  const { t } = useTranslation('insights');
  const { tab, choose: chooseTab } = useTab(TABS);
  const { chosen, choose } = useRange('last365');
  const query = useKpis(chosen?.range ?? null);
  const isEmpty = query.data?.first_order_date === null && query.data.orders === 0;
  const of = { query, range: chosen?.range ?? null };
  const picker = OF_TODAY.includes(tab) ? null : chosen && <RangePicker chosen={chosen} onChoose={choose} />;
  return (
    <Page
      title={t('title')}
      subtitle={t('subtitle')}
      primaryAction={<div style={{ minBlockSize: '2rem' }}>{picker}</div>}
    >
      {isEmpty ? (
        <Card>
          <Empty
            title={t('empty.title')}
            text={t('empty.text')}
            action={{ label: t('empty.action'), url: '/settings?tab=data' }}
          />
        </Card>
      ) : (
        <PageTabs
          label={t('title')}
          tabs={TABS.map((id) => ({ id, title: t(`tabs.${id}`) }))}
          shown={tab}
          onChoose={chooseTab}
        >
          <BlockStack gap="400">
            {tab === 'cohorts' && <Cohorts {...of} />}
            {tab === 'ladder' && <Ladder {...of} />}
            {tab === 'rfm' && <Rfm />}
            {tab === 'gaps' && <Gaps {...of} />}
            {tab === 'months' && <Months {...of} />}
            {tab === 'retention' && <Retention {...of} />}
            {tab === 'channels' && <Channels {...of} />}
            {tab === 'stages' && <Stages />}
            {tab === 'points' && <Points {...of} />}
          </BlockStack>
        </PageTabs>
      )}
    </Page>
  );
}
