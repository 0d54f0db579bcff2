import { useTranslation } from 'react-i18next';
import { BlockStack, Button, Card, Page, Text } from '../ui/index.ts';

/** An address that leads nowhere. */
export function Missing() {
  const { t } = useTranslation();
  return (
    <Page title={t('missing.title')}>
      <Card>
        <BlockStack gap="400" inlineAlign="start">
          <Text as="p">{t('missing.text')}</Text>
          <Button url="/">{t('missing.back')}</Button>
        </BlockStack>
      </Card>
    </Page>
  );
}
