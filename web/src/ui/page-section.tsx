import { BlockStack, Card, InlineStack, Text } from '@shopify/polaris';
import type { ReactNode } from 'react';

type Props = {
  title: string;
  text: string;
  action?: ReactNode;
  /** The height in rem that is kept while what belongs here is on its way. */
  room?: number;
  children: ReactNode;
};

/** A card with a heading, what it is about, and at most one action beside the heading. */
export const PageSection = ({ title, text, action, room = 0, children }: Props) => (
  <Card>
    <div style={{ minBlockSize: `${room}rem` }}>
      <BlockStack gap="400">
        <BlockStack gap="200">
          <InlineStack align="space-between" blockAlign="center" gap="200">
            <Text as="h2" variant="headingMd">
              {title}
            </Text>
            {action}
          </InlineStack>
          <Text as="p" tone="subdued">
            {text}
          </Text>
        </BlockStack>
        {children}
      </BlockStack>
    </div>
  </Card>
);
