import { Banner, BlockStack, Box, Button, Card, SkeletonBodyText, Text } from '@shopify/polaris';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../api/client.ts';
import { useReason } from './reason.tsx';

/** What a merchant can do about an error, in a sentence. */
export function useExplain(): (error: unknown) => string {
  const { t } = useTranslation();
  const reason = useReason();
  return (error) => {
    if (!(error instanceof ApiError)) return t('errors.offline');
    if (error.status === 401) return t('errors.session');
    if (error.status >= 500) return t('errors.unexpected');
    const { text, own } = reason(error.code, error.message);
    return own && text !== null ? text : t('errors.refused', { said: `\u2068${error.message}\u2069` });
  };
}

/** An error in the place of what could not be loaded. */
export function Failed({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const { t } = useTranslation();
  const explain = useExplain();
  return (
    <Banner
      tone="critical"
      title={t('errors.title')}
      {...(onRetry ? { action: { content: t('actions.retry'), onAction: onRetry } } : {})}
    >
      <p>{explain(error)}</p>
    </Banner>
  );
}

/** Nothing is there yet: why, and what to do next. */
export function Empty({
  title,
  text,
  action,
}: {
  title: string;
  text: string;
  action?: { label: string; url?: string; onClick?: () => void };
}) {
  return (
    <Box padding="600">
      <BlockStack gap="300" inlineAlign="center">
        <Text as="h3" variant="headingMd" alignment="center">
          {title}
        </Text>
        <Text as="p" tone="subdued" alignment="center">
          {text}
        </Text>
        {action && (
          <Button
            {...(action.url === undefined ? {} : { url: action.url })}
            {...(action.onClick ? { onClick: action.onClick } : {})}
          >
            {action.label}
          </Button>
        )}
      </BlockStack>
    </Box>
  );
}

/**
 * A query's outcome: an outline of the same height while it loads, so that nothing jumps; an explanation where it failed;
 * what was asked for once it is there.
 */
export function Loaded<T>({
  query,
  lines = 5,
  children,
}: {
  query: UseQueryResult<T>;
  lines?: number;
  children: (data: T) => ReactNode;
}) {
  const { t } = useTranslation();
  if (query.data !== undefined) return <>{children(query.data)}</>;
  if (query.error) return <Failed error={query.error} onRetry={() => void query.refetch()} />;
  return (
    <div aria-busy="true" aria-label={t('states.loading')} role="status">
      <SkeletonBodyText lines={lines} />
    </div>
  );
}

/** The same in a card with a heading that is there from the start. */
export function LoadedCard<T>({
  title,
  query,
  lines,
  children,
}: {
  title: string;
  query: UseQueryResult<T>;
  lines?: number;
  children: (data: T) => ReactNode;
}) {
  return (
    <Card>
      <BlockStack gap="400">
        <Text as="h2" variant="headingMd">
          {title}
        </Text>
        <Loaded query={query} {...(lines === undefined ? {} : { lines })}>
          {children}
        </Loaded>
      </BlockStack>
    </Card>
  );
}
