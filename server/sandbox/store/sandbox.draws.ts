import type { Random } from '../../shared/random.ts';

/** A standard normal draw, by Box and Muller. */
function normal(random: Random): number {
  const radius = Math.sqrt(-2 * Math.log(1 - random.next()));
  return radius * Math.cos(2 * Math.PI * random.next());
}

/**
 * A draw from the gamma distribution with this shape and rate (mean shape ÷ rate). Marsaglia and Tsang, "A simple method
 * for generating gamma variables" (2000); below shape 1 by their boost.
 */
export function gamma(random: Random, shape: number, rate: number): number {
  if (shape < 1) return gamma(random, shape + 1, rate) * (1 - random.next()) ** (1 / shape);
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = normal(random);
    const v = (1 + c * x) ** 3;
    if (v > 0 && Math.log(1 - random.next()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return (d * v) / rate;
  }
}

/** A draw from the beta distribution: the share of one gamma in two. */
export function beta(random: Random, a: number, b: number): number {
  const first = gamma(random, a, 1);
  return first / (first + gamma(random, b, 1));
}

/** Waiting time for the next event of a Poisson process. */
export const exponential = (random: Random, rate: number): number => -Math.log(1 - random.next()) / rate;

/** One of several, each as likely as its weight. */
export function pick<T>(random: Random, choices: readonly (readonly [T, number])[]): T {
  let left = random.next() * choices.reduce((sum, [, weight]) => sum + weight, 0);
  for (const [choice, weight] of choices) {
    left -= weight;
    if (left < 0) return choice;
  }
  return (choices.at(-1) as readonly [T, number])[0];
}
