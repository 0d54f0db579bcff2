import type { TIMELINE_KINDS } from '../contracts/people.ts';

export type TimelineKind = (typeof TIMELINE_KINDS)[number];

/** One row of a person: the customer's own, or of somebody who was merged into them. */
export type PersonRow = { id: string; registeredAt: number | null; mergedAt: number | null };

export type TimelineItem = { id: string; at: number; kind: TimelineKind; facts: Record<string, unknown> };
/** `key` orders the entries of one source that are of one instant, as text. */
export type TimelineEntry = { key: string; item: TimelineItem };

/** Behind which entry a page of a source begins, in (at, key); `id` null: none of that instant. */
export type Before = { at: number; id: string | null };

/** Where entries come from, by (at, key), newest first; of one kind there may be several, told apart by `of`. */
export type TimelineSource = {
  kind: TimelineKind;
  of: string;
  read(before: Before, limit: number): Promise<TimelineEntry[]>;
};

/** Order of texts by their code units, as keys are compared. */
export const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** An entry that is told apart from others of its kind by an id. */
export const timelineEntry = (
  kind: TimelineKind,
  id: string,
  at: number,
  facts: Record<string, unknown>,
): TimelineEntry => ({ key: id, item: { id: `${kind}:${id}`, at, kind, facts } });

/** A source of few entries, read whole: a page of them behind a place. */
export function pageOfEntries(entries: readonly TimelineEntry[], { at, id }: Before, limit: number): TimelineEntry[] {
  return entries
    .filter(({ key, item }) => item.at < at || (id !== null && item.at === at && key < id))
    .sort((a, b) => b.item.at - a.item.at || compareText(b.key, a.key))
    .slice(0, limit);
}

/** A source of few entries. */
export const wholeSource = (kind: TimelineKind, all: () => Promise<TimelineEntry[]>): TimelineSource => ({
  kind,
  of: '',
  read: async (before, limit) => pageOfEntries(await all(), before, limit),
});
