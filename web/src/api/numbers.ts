import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import type { gapDistribution, kpis, lifecycle, rfm } from '../../../server/contracts/numbers.ts';
import type { trend } from '../../../server/contracts/trend.ts';
import type { Range } from '../range/range.ts';
import { askJson } from './client.ts';

export type Kpis = z.infer<typeof kpis>;
export type Trend = z.infer<typeof trend>;
export type TrendMonth = Trend['months'][number];
export type Gaps = z.infer<typeof gapDistribution>;
export type Rfm = z.infer<typeof rfm>;
export type Lifecycle = z.infer<typeof lifecycle>;

/** Every number of a range; what was shown before stays until the next range is there. */
export const useKpis = (range: Range | null, { enabled = true }: { enabled?: boolean } = {}) =>
  useQuery({
    queryKey: ['kpis', range],
    queryFn: ({ signal }) => askJson<Kpis>('/kpis', { signal, query: { ...range } }),
    enabled: range !== null && enabled,
    placeholderData: keepPreviousData,
  });

/** The main numbers by month, up to a day; `window`: days within which a buyer is a customer. */
export const useTrend = (to: string | null, { window, months = 13 }: { window?: number; months?: number } = {}) =>
  useQuery({
    queryKey: ['kpis', 'trend', to, window, months],
    queryFn: ({ signal }) => askJson<Trend>('/kpis/trend', { signal, query: { to: to ?? undefined, window, months } }),
    enabled: to !== null,
    placeholderData: keepPreviousData,
  });

/** How the days between two orders of a customer are spread, of the gaps that end in a range. */
export const useGaps = (range: Range | null) =>
  useQuery({
    queryKey: ['insights', 'gaps', range],
    queryFn: ({ signal }) => askJson<Gaps>('/insights/gaps', { signal, query: { ...range } }),
    enabled: range !== null,
    placeholderData: keepPreviousData,
  });

/** Customers by recency, frequency and money, as they stand today. */
export const useRfm = () =>
  useQuery({
    queryKey: ['segments', 'rfm'],
    queryFn: ({ signal }) => askJson<Rfm>('/segments/rfm', { signal }),
  });

/** Customers by stage of their life, as they stand today. */
export const useLifecycle = () =>
  useQuery({
    queryKey: ['segments', 'lifecycle'],
    queryFn: ({ signal }) => askJson<Lifecycle>('/segments/lifecycle', { signal }),
  });
