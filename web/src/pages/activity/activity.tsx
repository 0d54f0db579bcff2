import { useTranslation } from 'react-i18next';
import { useShopStatus } from '../../api/shop-status.ts';
import { useFormat } from '../../format/provider.tsx';
import { BlockStack, Page, PageTabs, useTab } from '../../ui/index.ts';
import { Audit } from './audit.tsx';
import { Parked } from './parked.tsx';
import { Queues } from './queues.tsx';
import { Schedule } from './schedule.tsx';
import { Syncs } from './syncs.tsx';
import { Waiting } from './waiting.tsx';

const TABS = ['deliveries', 'jobs', 'audit'] as const;

/** What came in, what works in the background, and who did what. */
export default function Activity() {
  const { t } = useTranslation('activity');
  const format = useFormat();
  const { tab, choose } = useTab(TABS);
  const parked = useShopStatus().data?.parked ?? 0;
  const badge = parked === 0 ? {} : { badge: format.count(parked) };
  const tabs = TABS.map((id) => ({ id, title: t(`tabs.${id}`), ...(id === 'deliveries' ? badge : {}) }));
  return (
    <Page title={t('title')}>
      <PageTabs label={t('tabs.label')} tabs={tabs} shown={tab} onChoose={choose}>
        <BlockStack gap="400">
          {tab === 'deliveries' && (
            <>
              <Parked />
              <Waiting />
            </>
          )}
          {tab === 'jobs' && (
            <>
              <Syncs />
              <Queues />
              <Schedule />
            </>
          )}
          {tab === 'audit' && <Audit />}
        </BlockStack>
      </PageTabs>
    </Page>
  );
}
