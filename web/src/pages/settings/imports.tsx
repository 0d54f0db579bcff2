import { useTranslation } from 'react-i18next';
import { useImports } from '../../api/files.ts';
import { BlockStack, Empty, Loaded, PageSection, Text } from '../../ui/index.ts';
import { ImportForm } from './import-form.tsx';
import { ImportOne } from './import-one.tsx';
import styles from './settings.module.css';

/** Brings in files of past orders, and shows how they went. */
export function Imports() {
  const { t } = useTranslation('settings');
  const query = useImports();
  const running = query.data?.items.some(({ state }) => state === 'running') ?? false;
  return (
    <PageSection title={t('imports.title')} text={t('imports.text')}>
      <ImportForm busy={running} />
      <BlockStack gap="200">
        <Text as="h3" variant="headingSm">
          {t('imports.pastTitle')}
        </Text>
        <Loaded query={query} lines={4}>
          {({ items }) =>
            items.length === 0 ? (
              <Empty title={t('imports.noneTitle')} text={t('imports.noneText')} />
            ) : (
              <ul className={styles.list}>
                {items.map((one) => (
                  <ImportOne key={one.id} one={one} />
                ))}
              </ul>
            )
          }
        </Loaded>
      </BlockStack>
    </PageSection>
  );
}
