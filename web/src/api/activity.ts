import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { z } from 'zod';
import type { jobsView, syncAsked } from '../../../server/contracts/activity.ts';
import type { effectDecided, effectDecision, effectsPage } from '../../../server/contracts/effects.ts';
import type { auditPage, deliveriesPage, deliveriesReplayed } from '../../../server/contracts/shop.ts';
import { askJson } from './client.ts';

export type JobsView = z.infer<typeof jobsView>;
export type Sync = JobsView['syncs'][number];
export type SyncKind = z.infer<typeof syncAsked>['kind'];
export type Delivery = z.infer<typeof deliveriesPage>['items'][number];
export type Effect = z.infer<typeof effectsPage>['items'][number];
export type EffectState = Effect['state'];
export type EffectDecision = z.infer<typeof effectDecision>['how'];
export type AuditEntry = z.infer<typeof auditPage>['items'][number];
type Page<T> = { items: T[]; nextCursor: string | null };

const SOON_MS = 2_000;
const LATER_MS = 20_000;
const RUNNING = ['waiting', 'asked', 'loading'];
/** Whether a reading goes on without anybody's help. */
const goesOn = ({ state, dueAt }: Sync): boolean => RUNNING.includes(state) && dueAt !== null;

/** Background work; looked at more often while something is being read. */
export const useJobs = () =>
  useQuery({
    queryKey: ['jobs'],
    queryFn: ({ signal }) => askJson<JobsView>('/jobs', { signal }),
    refetchInterval: ({ state }) => (state.data?.syncs.some(goesOn) ? SOON_MS : LATER_MS),
  });

/** Wants a part of the platform read again. */
export function useReadAgain() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (kind: SyncKind) => askJson('/syncs', { method: 'POST', body: { kind } }),
    onSettled: () => queries.invalidateQueries({ queryKey: ['jobs'] }),
  });
}

const pages = <T>(
  path: string,
  name: string,
  query: Record<string, string | number>,
  refetchInterval: number | false,
) => ({
  queryKey: [name, query],
  queryFn: ({ signal, pageParam }: { signal: AbortSignal; pageParam: string | undefined }) =>
    askJson<Page<T>>(path, { query: { ...query, cursor: pageParam }, signal }),
  initialPageParam: undefined as string | undefined,
  getNextPageParam: ({ nextCursor }: Page<T>) => nextCursor ?? undefined,
  refetchInterval,
});

/** Deliveries in one state, a page at a time, oldest first. */
export const useDeliveries = (state: 'parked' | 'pending') =>
  useInfiniteQuery(pages<Delivery>('/deliveries', 'deliveries', { state }, LATER_MS));

/** What is done outside, in one state, or (null) what waits for a person, a page at a time, newest first. */
export const useEffects = (state: EffectState | null) =>
  useInfiniteQuery(pages<Effect>('/effects', 'effects', { state: state ?? '' }, LATER_MS));

/** Says of what failed or is in doubt that it happened, or has it done again. */
export function useDecide() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ id, how }: { id: string; how: EffectDecision }) =>
      askJson<z.infer<typeof effectDecided>>(`/effects/${id}/retry`, { method: 'POST', body: { how } }),
    onSettled: () => Promise.all(['effects', 'jobs'].map((key) => queries.invalidateQueries({ queryKey: [key] }))),
  });
}

/** The audit log, a page at a time, newest first. */
export const useAudit = () => useInfiniteQuery(pages<AuditEntry>('/audit', 'audit', { limit: 50 }, false));

/** Applies a parked delivery again. */
export function useReplay() {
  const again = useLookAgain();
  return useMutation({
    mutationFn: (id: string) => askJson(`/deliveries/${id}/replay`, { method: 'POST' }),
    onSettled: again,
  });
}

/** Applies all parked deliveries again for which that makes sense. */
export function useReplayAll() {
  const again = useLookAgain();
  return useMutation({
    mutationFn: () =>
      askJson<z.infer<typeof deliveriesReplayed>>('/deliveries/replay', { method: 'POST', body: { all: true } }),
    onSettled: again,
  });
}

function useLookAgain() {
  const queries = useQueryClient();
  return () =>
    Promise.all(['deliveries', 'shop-status', 'jobs'].map((key) => queries.invalidateQueries({ queryKey: [key] })));
}
