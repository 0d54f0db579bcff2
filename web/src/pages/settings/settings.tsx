import { useTranslation } from 'react-i18next';
import { useShop } from '../../api/shop.ts';
import { BlockStack, Failed, Page, PageSection, PageTabs, SaveBar, SkeletonBodyText, useTab } from '../../ui/index.ts';
import { Archives } from './archives.tsx';
import { Connection } from './connection.tsx';
import { Costs } from './costs.tsx';
import { Imports } from './imports.tsx';
import { Keys } from './keys.tsx';
import { Language } from './language.tsx';
import { DataRequests } from './requests.tsx';
import { useSettingsForm } from './use-settings-form.ts';

const TABS = ['general', 'data', 'keys', 'connection'] as const;

/** Everything that a merchant can set, bring in, take out and connect. */
export default function Settings() {
  const { t } = useTranslation('settings');
  const { tab, choose } = useTab(TABS);
  // Kept here, so that looking at another tab loses nothing of what was typed.
  const form = useSettingsForm();
  return (
    <Page title={t('title')}>
      <PageTabs
        label={t('tabs.label')}
        tabs={TABS.map((id) => ({ id, title: t(`tabs.${id}`) }))}
        shown={tab}
        onChoose={choose}
      >
        <BlockStack gap="400">
          {tab === 'general' && <General form={form} />}
          {tab === 'data' && (
            <>
              <Imports />
              <Archives />
              <DataRequests />
            </>
          )}
          {tab === 'keys' && <Keys />}
          {tab === 'connection' && <Connection />}
        </BlockStack>
      </PageTabs>
      <SaveBar dirty={form.dirty} saving={form.saving} onSave={form.save} onDiscard={form.discard} />
    </Page>
  );
}

function General({ form }: { form: ReturnType<typeof useSettingsForm> }) {
  const { t } = useTranslation('settings');
  const { error, refetch } = useShop();
  if (form.draft) {
    return (
      <>
        <Language form={{ ...form, draft: form.draft }} />
        <Costs form={{ ...form, draft: form.draft }} />
      </>
    );
  }
  if (error) return <Failed error={error} onRetry={() => void refetch()} />;
  return (['language', 'costs'] as const).map((part) => (
    <PageSection key={part} title={t(`${part}.title`)} text={t(`${part}.text`)}>
      <SkeletonBodyText lines={9} />
    </PageSection>
  ));
}
