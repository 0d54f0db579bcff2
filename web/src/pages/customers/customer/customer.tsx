import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation, useParams } from 'react-router';
import { useDataExport, useProfile } from '../../../api/customer.ts';
import { BlockStack, download, Failed, Layout, Page } from '../../../ui/index.ts';
import { Consent } from './consent.tsx';
import { Contact } from './contact.tsx';
import { Dialogs, type Opener } from './dialogs.tsx';
import { Glance } from './glance.tsx';
import { Ledger } from './ledger.tsx';
import { Orders } from './orders.tsx';
import { Points } from './points.tsx';
import { Score } from './score.tsx';
import { Tags } from './tags.tsx';
import { Tier } from './tier.tsx';
import { Timeline } from './timeline.tsx';
import { useSay } from './use-say.ts';

/** One customer: who they are, what they bought, what their points are and why. */
export default function Customer() {
  const { id = '' } = useParams();
  // Another customer is another page: nothing typed for one is kept for the next.
  return <CustomerPage key={id} id={id} />;
}

function CustomerPage({ id }: { id: string }) {
  const { t } = useTranslation('customer');
  const { state } = useLocation();
  const query = useProfile(id);
  const dialogs = useRef<Opener>(null);
  const fetchData = useDataExport(id);
  const say = useSay();
  const profile = query.data;
  const save = (): void =>
    fetchData.mutate(undefined, {
      onSuccess: (file) => {
        download(`customer-${id}.json`, file, 'application/json');
        say.done(t('data.exported'));
      },
      onError: say.failed,
    });
  const list = (state as { list?: string } | null)?.list ?? '';
  return (
    <Page
      title={profile ? (profile.name ?? profile.email ?? t('nameless')) : t('title')}
      backAction={{ content: t('back'), url: `/customers${list}` }}
      primaryAction={{
        content: t('adjust.action'),
        onAction: () => dialogs.current?.open('adjust'),
        disabled: !profile,
      }}
      actionGroups={[
        {
          title: t('more'),
          actions: [
            { content: t('data.export'), onAction: save, disabled: !profile || fetchData.isPending },
            {
              content: t('data.erase'),
              destructive: true,
              onAction: () => dialogs.current?.open('erase'),
              disabled: !profile,
            },
          ],
        },
      ]}
    >
      {query.error && !profile ? (
        <Failed error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <Cards id={id} query={query} />
      )}
      <Dialogs ref={dialogs} id={id} points={profile?.points ?? null} />
    </Page>
  );
}

/** All that is known of them. */
function Cards({ id, query }: { id: string; query: ReturnType<typeof useProfile> }) {
  return (
    <Layout>
      <Layout.Section>
        <BlockStack gap="400">
          <Glance query={query} />
          <Points query={query} />
          <Timeline id={id} />
          <Orders query={query} />
          <Ledger id={id} query={query} />
        </BlockStack>
      </Layout.Section>
      <Layout.Section variant="oneThird">
        <BlockStack gap="400">
          <Contact query={query} />
          <Tier query={query} />
          <Score query={query} />
          <Consent query={query} />
          <Tags id={id} query={query} />
        </BlockStack>
      </Layout.Section>
    </Layout>
  );
}
