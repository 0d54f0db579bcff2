import { QueryClient } from '@tanstack/react-query';
import { ApiError } from './client.ts';

/** What is asked again, and when: a refusal is final, a fault of the way may pass. */
export const createQueries = (): QueryClient =>
  new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 15_000,
        retry: (failures, error) => failures < 2 && !(error instanceof ApiError && error.status < 500),
      },
    },
  });
