/** A group of customers behind a figure, as the customers page takes it; `from` and `to` where the figure is of a range. */
export type Group = { group: string; from?: string; to?: string };

/** The address that lists the customers behind a figure. */
export function groupLink({ group, from, to }: Group): string {
  const query = new URLSearchParams({ group });
  if (from !== undefined) query.set('from', from);
  if (to !== undefined) query.set('to', to);
  return `/customers?${query}`;
}

/** The address that lists the customers of a segment. */
export const segmentLink = (segment: string): string => `/customers?${new URLSearchParams({ segment })}`;
