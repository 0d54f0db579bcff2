/**
 * Splits a whole amount among weights exactly: each share is its part rounded down, and what is left goes one by one to
 * the largest remainders, the earlier first. Without any weight the first takes all. No share exceeds its weight unless
 * the amount exceeds them all.
 */
export function allocate(amount: number, weights: readonly number[]): number[] {
  if (amount === 0 || weights.length === 0) return weights.map(() => 0);
  const sum = weights.reduce((total, weight) => total + BigInt(weight), 0n);
  if (sum === 0n) return weights.map((_, index) => (index === 0 ? amount : 0));
  const parts = weights.map((weight, index) => {
    const exact = BigInt(amount) * BigInt(weight);
    return { index, share: Number(exact / sum), rest: exact % sum };
  });
  let left = amount - parts.reduce((total, { share }) => total + share, 0);
  const byRest = [...parts].sort((a, b) => (a.rest === b.rest ? a.index - b.index : a.rest < b.rest ? 1 : -1));
  for (const part of byRest) {
    if (left === 0) break;
    part.share += 1;
    left -= 1;
  }
  return parts.map(({ share }) => share);
}
