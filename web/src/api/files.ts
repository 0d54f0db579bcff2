import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { z } from 'zod';
import type { archivesView, importQuery, importsView, importView } from '../../../server/contracts/activity.ts';
import type { exportsList } from '../../../server/contracts/shop.ts';
import { ask, askJson } from './client.ts';

export type Import = z.infer<typeof importView>;
export type ImportFormat = z.infer<typeof importQuery>['format'];
export type Archive = z.infer<typeof archivesView>['items'][number];
export type DataRequest = z.infer<typeof exportsList>['items'][number];

const SOON_MS = 1_000;
/** Looked at again soon while one of the items is being worked on. */
const whileRunning = ({ state }: { state: { data?: { items: { state: string }[] } | undefined } }): number | false =>
  state.data?.items.some((item) => item.state === 'running') ? SOON_MS : false;

/** Files of past orders that were brought in, or are. */
export const useImports = () =>
  useQuery({
    queryKey: ['imports'],
    queryFn: ({ signal }) => askJson<z.infer<typeof importsView>>('/imports', { signal }),
    refetchInterval: whileRunning,
  });

type Sent = { file: File; format: ImportFormat; earn: boolean; dryRun: boolean };

/** Sends a file of past orders; it is worked on afterwards. */
export function useSendImport() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ file, format, earn, dryRun }: Sent) =>
      askJson<Import>('/imports', {
        method: 'POST',
        query: { format, earn: String(earn), dryRun: String(dryRun), file: file.name.slice(-255) },
        body: file,
      }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['imports'] }),
  });
}

/** Stops a file that is being brought in; what is in stays. */
export function useCancelImport() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => askJson(`/imports/${id}/cancel`, { method: 'POST' }),
    onSettled: () => queries.invalidateQueries({ queryKey: ['imports'] }),
  });
}

/** Files of everything that were asked for. */
export const useArchives = () =>
  useQuery({
    queryKey: ['archives'],
    queryFn: ({ signal }) => askJson<z.infer<typeof archivesView>>('/archives', { signal }),
    refetchInterval: whileRunning,
  });

/** Asks for a file of everything. */
export function useMakeArchive() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => askJson<Archive>('/exports/archive', { method: 'POST' }),
    onSettled: () => queries.invalidateQueries({ queryKey: ['archives'] }),
  });
}

/** Answers to customers' data requests, newest first. */
export const useDataRequests = () =>
  useQuery({
    queryKey: ['exports'],
    queryFn: ({ signal }) => askJson<z.infer<typeof exportsList>>('/exports', { signal }),
  });

/** A file by the session's token, which a plain link could not carry, with the name that the server gives it. */
export async function fetchFile(path: string): Promise<{ name: string | null; bytes: Blob }> {
  const answer = await ask(path);
  const name = /filename="?([^";]+)"?/.exec(answer.headers.get('content-disposition') ?? '')?.[1] ?? null;
  return { name, bytes: await answer.blob() };
}
