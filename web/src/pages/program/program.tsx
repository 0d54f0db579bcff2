import { useTranslation } from 'react-i18next';
import { type ProgramVersion, useProgram } from '../../api/program.ts';
import { useShop } from '../../api/shop.ts';
import { BlockStack, Card, Failed, Page, SkeletonBodyText, Text } from '../../ui/index.ts';
import { ProgramEditor } from './editor.tsx';

/** What orders earn, the tiers, and what a sample order would give. */
export default function Program() {
  const { t } = useTranslation('program');
  const program = useProgram();
  // Amounts and days are typed as the shop has them: without it nothing can be shown in a field.
  const shop = useShop();
  const ready: ProgramVersion | undefined = shop.data && program.data;
  const failed = program.error ?? shop.error;
  return (
    <Page title={t('title')} subtitle={t('about')}>
      {ready ? (
        <ProgramEditor inForce={ready} />
      ) : failed ? (
        <Failed
          error={failed}
          onRetry={() => {
            void program.refetch();
            void shop.refetch();
          }}
        />
      ) : (
        <Outline />
      )}
    </Page>
  );
}

function Outline() {
  const { t } = useTranslation('program');
  return (
    <BlockStack gap="400">
      {(['rules', 'tiers', 'sample'] as const).map((part) => (
        <Card key={part}>
          <BlockStack gap="400">
            <Text as="h2" variant="headingMd">
              {t(`${part}.title`)}
            </Text>
            <SkeletonBodyText lines={8} />
          </BlockStack>
        </Card>
      ))}
    </BlockStack>
  );
}
