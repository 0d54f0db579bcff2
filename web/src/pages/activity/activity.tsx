import { useTranslation } from 'react-i18next';
import { useEffects } from '../../api/activity.ts';
import { useShopStatus } from '../../api/shop-status.ts';
import { useFormat } from '../../format/provider.tsx';
import { BlockStack, Page, PageTabs, useTab } from '../../ui/index.ts';
import { Audit } from './audit.tsx';
import { Outgoing } from './outgoing.tsx';
import { Parked } from './parked.tsx';
import { Queues } from './queues.tsx';
import { Schedule } from './schedule.tsx';
import { Syncs } from './syncs.tsx';
import { Waiting } from './waiting.tsx';

const TABS = ['deliveries', 'outgoing', 'jobs', 'audit'] as const;

/** What came in, what goes out, what works in the background, and who did what. */
export default function Activity() {
  const { t } = useTranslation('activity');
  const format = useFormat();
  const { tab, choose } = useTab(TABS);
  const parked = useShopStatus().data?.parked ?? 0;
  const [first] = useEffects(null).data?.pages ?? [];
  const open = first?.items.length ?? 0;
  const badges: Partial<Record<(typeof TABS)[number], string>> = {
    ...(parked === 0 ? {} : { deliveries: format.count(parked) }),
    // No more than a page is counted.
    ...(open === 0 ? {} : { outgoing: `${format.count(open)}${first?.nextCursor == null ? '' : '+'}` }),
  };
  const tabs = TABS.map((id) => {
    const badge = badges[id];
    return { id, title: t(`tabs.${id}`), ...(badge === undefined ? {} : { badge }) };
  });
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
          {tab === 'outgoing' && <Outgoing />}
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
