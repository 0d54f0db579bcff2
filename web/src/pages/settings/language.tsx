import { useTranslation } from 'react-i18next';
import { useHost } from '../../hosts/provider.tsx';
import { BlockStack, ChoiceList, InlineGrid, PageSection, Select } from '../../ui/index.ts';
import type { SettingsForm } from './use-settings-form.ts';

/** The shop's language, calendar and way of showing amounts. */
export function Language({ form: { draft, set, shop } }: { form: SettingsForm }) {
  const { t } = useTranslation('settings');
  // Where the host brings the language, there is none to choose above the page.
  const { hasNavigation } = useHost();
  return (
    <PageSection title={t('language.title')} text={t('language.text')}>
      <BlockStack gap="400">
        <InlineGrid columns={{ xs: 1, md: 2 }} gap="400">
          <Select
            label={t('language.language')}
            {...(hasNavigation ? {} : { helpText: t('language.languageHelp') })}
            options={(['en', 'fa'] as const).map((value) => ({ value, label: t(`common:language.${value}`) }))}
            value={draft.locale}
            onChange={(locale) => set({ locale: locale === 'fa' ? 'fa' : 'en' })}
          />
          <Select
            label={t('language.calendar')}
            helpText={t('language.calendarHelp')}
            options={(['gregory', 'persian'] as const).map((value) => ({ value, label: t(`language.${value}`) }))}
            value={draft.calendar}
            onChange={(calendar) => set({ calendar: calendar === 'persian' ? 'persian' : 'gregory' })}
          />
        </InlineGrid>
        {shop?.currency === 'IRR' && (
          <ChoiceList
            title={t('language.money')}
            choices={[
              { value: 'rial', label: t('language.rial') },
              { value: 'toman', label: t('language.toman'), helpText: t('language.moneyHelp') },
            ]}
            selected={[draft.showToman ? 'toman' : 'rial']}
            onChange={([chosen]) => set({ showToman: chosen === 'toman' })}
          />
        )}
      </BlockStack>
    </PageSection>
  );
}
