/** `exactly`: customers with n orders; `atLeast`: with n or more; `next`: share of those who have n + 1 too. */
export type Rung = { n: number; more: boolean; exactly: number; atLeast: number; next: number | null };

/** The ladder from the numbers of customers by how many orders they have (`1` … `9`, `10+`). */
export function ladderOf(counts: Readonly<Record<string, number>>): Rung[] {
  const steps = Object.entries(counts)
    .map(([name, exactly]) => ({ n: Number.parseInt(name, 10), more: name.endsWith('+'), exactly }))
    .sort((a, b) => a.n - b.n);
  return steps.map((step, at) => {
    const atLeast = steps.slice(at).reduce((sum, { exactly }) => sum + exactly, 0);
    const further = atLeast - step.exactly;
    return { ...step, atLeast, next: step.more || atLeast === 0 ? null : further / atLeast };
  });
}
