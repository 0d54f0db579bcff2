import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { z } from 'zod';
import type { keyAsked, keyMade, keysView } from '../../../server/contracts/activity.ts';
import { askJson } from './client.ts';

export type ApiKey = z.infer<typeof keysView>['items'][number];
export type KeyMade = z.infer<typeof keyMade>;
export type KeyAsked = z.infer<typeof keyAsked>;

/** The shop's API keys, without what is secret of them. */
export const useKeys = () =>
  useQuery({
    queryKey: ['api-keys'],
    queryFn: ({ signal }) => askJson<z.infer<typeof keysView>>('/api-keys', { signal }),
  });

/** Makes a key; the answer holds it, this once. */
export function useMakeKey() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (asked: KeyAsked) => askJson<KeyMade>('/api-keys', { method: 'POST', body: asked }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['api-keys'] }),
    // Nothing may keep what is secret longer than the page shows it.
    gcTime: 0,
  });
}

/** Ends a key at once. */
export function useRevokeKey() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => askJson(`/api-keys/${id}/revoke`, { method: 'POST' }),
    onSettled: () => queries.invalidateQueries({ queryKey: ['api-keys'] }),
  });
}
