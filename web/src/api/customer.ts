import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import type { z } from 'zod';
import type { adjusted, customerProfile } from '../../../server/contracts/customers.ts';
import type {
  dataExportMade,
  erased,
  noteChange,
  noteGone,
  noteView,
  reversed,
  tagsView,
  timelinePage,
} from '../../../server/contracts/people.ts';
import { ask, askJson } from './client.ts';
import { newKey } from './key.ts';

export type Profile = z.infer<typeof customerProfile>;
export type LedgerLine = Profile['ledger']['items'][number];
export type Happening = z.infer<typeof timelinePage>['items'][number];
export type NoteAsked = z.input<typeof noteChange>;

const LEDGER_PAGE = 10;
const TIMELINE_PAGE = 12;
const pathOf = (id: string): string => `/customers/${encodeURIComponent(id)}`;

/** One customer, with as many pages of the ledger as were asked for. */
export const useProfile = (id: string) =>
  useInfiniteQuery({
    queryKey: ['customer', id, 'profile'],
    queryFn: ({ signal, pageParam }) =>
      askJson<Profile>(pathOf(id), {
        query: { ledgerLimit: LEDGER_PAGE, ledgerCursor: pageParam ?? undefined },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ ledger }) => ledger.nextCursor,
    select: ({ pages }) => {
      const [first] = pages as [Profile, ...Profile[]];
      return { ...first, ledger: pages.flatMap(({ ledger }): LedgerLine[] => ledger.items) };
    },
  });
export type ShownProfile = NonNullable<ReturnType<typeof useProfile>['data']>;

/** What happened with a customer, newest first, as far back as was asked for. */
export const useTimeline = (id: string) =>
  useInfiniteQuery({
    queryKey: ['customer', id, 'timeline'],
    queryFn: ({ signal, pageParam }) =>
      askJson<z.infer<typeof timelinePage>>(`${pathOf(id)}/timeline`, {
        query: { limit: TIMELINE_PAGE, cursor: pageParam ?? undefined },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ nextCursor }) => nextCursor,
    select: ({ pages }) => pages.flatMap(({ items }) => items),
  });

/** A change of one customer, after which everything that shows them is asked anew. */
function useChange<Asked, Answer>(id: string, send: (asked: Asked) => Promise<Answer>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: send,
    // Not waited for: what was done is done, and is said at once.
    onSuccess: () => {
      for (const queryKey of [['customer', id], ['customers']]) void queries.invalidateQueries({ queryKey });
    },
  });
}

const post = <Answer>(path: string, body: unknown, idempotencyKey = newKey()): Promise<Answer> =>
  askJson<Answer>(path, { method: 'POST', body, idempotencyKey });

/** Points by hand. The same key again has no second effect. */
export const useAdjust = (id: string) =>
  useChange(id, ({ key, ...body }: { points: number; reason: string; key: string }) =>
    post<z.infer<typeof adjusted>>(`${pathOf(id)}/adjustments`, body, key),
  );

/** Takes an adjustment back by its opposite. */
export const useReverse = (id: string) =>
  useChange(id, (adjustment: string) =>
    post<z.infer<typeof reversed>>(`${pathOf(id)}/adjustments/${encodeURIComponent(adjustment)}/reverse`, {}),
  );

export const useChangeTags = (id: string) =>
  useChange(id, (change: { add?: string[]; remove?: string[] }) =>
    askJson<z.infer<typeof tagsView>>(`${pathOf(id)}/tags`, { method: 'PUT', body: change }),
  );

export const useAddNote = (id: string) =>
  useChange(id, (note: NoteAsked) => post<z.infer<typeof noteView>>(`${pathOf(id)}/notes`, note));

export const useDeleteNote = (id: string) =>
  useChange(id, (note: string) =>
    askJson<z.infer<typeof noteGone>>(`${pathOf(id)}/notes/${encodeURIComponent(note)}`, { method: 'DELETE' }),
  );

/** Erases who this is; counted orders stay without a name. */
export const useErase = (id: string) =>
  useChange(id, () => post<z.infer<typeof erased>>(`${pathOf(id)}/erase`, { confirm: 'erase' }));

/** Makes a file of everything that is kept about one customer, and fetches it. */
export const useDataExport = (id: string) =>
  useMutation({
    mutationFn: async () => {
      const { id: made } = await post<z.infer<typeof dataExportMade>>(`${pathOf(id)}/data-export`, {});
      return (await ask(`/exports/${encodeURIComponent(made)}/json`)).blob();
    },
  });
