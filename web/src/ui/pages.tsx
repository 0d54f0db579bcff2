import { Button, InlineStack, SkeletonBodyText } from '@shopify/polaris';
import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Failed } from './states.tsx';

type Page<T> = { items: T[]; nextCursor: string | null };

/** A list that comes in pages: what is there so far, and a button for more. `none`: in the place of an empty list. */
export function LoadedPages<T>({
  query,
  lines = 5,
  none,
  more,
  children,
}: {
  query: UseInfiniteQueryResult<InfiniteData<Page<T>>>;
  lines?: number;
  none: ReactNode;
  more?: string;
  children: (items: T[]) => ReactNode;
}) {
  const { t } = useTranslation();
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = query;
  if (!data && error) return <Failed error={error} onRetry={() => void refetch()} />;
  if (!data) {
    return (
      <div aria-busy="true" aria-label={t('states.loading')} role="status">
        <SkeletonBodyText lines={lines} />
      </div>
    );
  }
  const items = data.pages.flatMap((page) => page.items);
  if (items.length === 0 && !hasNextPage) return none;
  return (
    <>
      {children(items)}
      {error && <Failed error={error} onRetry={() => void fetchNextPage()} />}
      {hasNextPage && (
        <InlineStack align="center">
          <Button onClick={() => void fetchNextPage()} loading={isFetchingNextPage}>
            {more ?? t('actions.more')}
          </Button>
        </InlineStack>
      )}
    </>
  );
}
