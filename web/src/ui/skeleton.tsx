import { BlockStack, Card, Layout, SkeletonBodyText, SkeletonDisplayText, SkeletonPage } from '@shopify/polaris';

/** The outline of a page that is on its way. */
export const PageSkeleton = () => (
  <SkeletonPage>
    <Layout>
      {[0, 1, 2].map((card) => (
        <Layout.Section key={card}>
          <Card>
            <BlockStack gap="400">
              <SkeletonDisplayText size="small" />
              <SkeletonBodyText lines={4} />
            </BlockStack>
          </Card>
        </Layout.Section>
      ))}
    </Layout>
  </SkeletonPage>
);
