/** How much of the accent colour a step has; `light`: the text on it is white. No step lies where neither ink can be read. */
const STEPS = [
  { part: 0, light: false },
  { part: 7, light: false },
  { part: 15, light: false },
  { part: 24, light: false },
  { part: 34, light: false },
  { part: 46, light: false },
  { part: 94, light: true },
] as const;

/** The step of a value among values from zero to the greatest; nothing at all has the first to itself. */
export function stepOf(value: number, greatest: number): number {
  if (greatest <= 0 || value <= 0) return 0;
  return Math.min(STEPS.length - 1, 1 + Math.floor((value / greatest) * (STEPS.length - 1)));
}

/** How a step looks. */
export function heatStyle(step: number): { background: string; color: string } {
  const { part, light } = STEPS[step] ?? STEPS[0];
  return {
    background: `color-mix(in srgb, var(--p-color-bg-fill-emphasis) ${part}%, var(--p-color-bg-surface))`,
    color: light ? 'var(--p-color-text-emphasis-on-bg-fill)' : 'var(--p-color-text)',
  };
}
