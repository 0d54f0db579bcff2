/** One place on the time axis; null: there is no value. */
export type Point = { key: string; label: string; value: number | null };
export type Series = { name: string; tone: 'primary' | 'secondary' | 'muted'; points: readonly Point[] };
