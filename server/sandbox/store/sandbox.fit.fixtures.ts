/** For tests only: maximum likelihood estimates of the two models by which the sandbox's history is made. */

/** ln Γ(x) by Lanczos' approximation (g = 7, nine terms; some 15 digits). */
function lnGamma(x: number): number {
  const terms = [
    ...[0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059],
    ...[12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7],
  ];
  const t = x + 6.5;
  const sum = terms.reduce((total, term, n) => (n === 0 ? term : total + term / (x - 1 + n)), 0);
  return 0.5 * Math.log(2 * Math.PI) + (x - 0.5) * Math.log(t) - t + Math.log(sum);
}

type Vertex = { point: number[]; at: number };

/** The lowest point of a function by Nelder and Mead's simplex. */
function minimum(f: (point: number[]) => number, start: number[], rounds = 150): number[] {
  const value = (point: number[]) => ({ point, at: f(point) });
  let simplex = [start, ...start.map((_, n) => start.map((x, m) => (m === n ? x + 0.4 : x)))].map(value);
  for (let round = 0; round < rounds; round += 1) {
    simplex.sort((a, b) => a.at - b.at);
    const worst = simplex.at(-1) as Vertex;
    const best = simplex[0] as Vertex;
    const others = simplex.slice(0, -1);
    const centre = start.map(
      (_, n) => others.reduce((sum, { point }) => sum + (point[n] as number), 0) / others.length,
    );
    const along = (by: number) => value(centre.map((x, n) => x + by * ((worst.point[n] as number) - x)));
    const mirrored = along(-1);
    let next = mirrored;
    if (mirrored.at < best.at) {
      const further = along(-2);
      next = further.at < mirrored.at ? further : mirrored;
    } else if (mirrored.at >= (others.at(-1) as Vertex).at) next = along(mirrored.at < worst.at ? -0.5 : 0.5);
    if (next.at < worst.at) simplex = [...others, next];
    else simplex = simplex.map(({ point }) => value(point.map((x, n) => (x + (best.point[n] as number)) / 2)));
  }
  return (simplex.sort((a, b) => a.at - b.at)[0] as Vertex).point;
}

/** The same for many customers with the same number of orders: worked out once each. */
function byCount(work: (x: number) => number): (x: number) => number {
  const known: number[] = [];
  return (x) => {
    known[x] ??= work(x);
    return known[x];
  };
}

/** Repeat orders, week of the last one since the first, and weeks watched since the first. */
export type Visits = { x: number; last: number; watched: number };

/** BG/NBD's (r, α, a, b), by equation 6 of the paper. */
export function fitVisits(customers: readonly Visits[]): number[] {
  const cost = (logs: number[]): number => {
    const [r, alpha, a, b] = logs.map(Math.exp) as [number, number, number, number];
    const counted = byCount(
      (x) =>
        lnGamma(r + x) -
        lnGamma(r) +
        r * Math.log(alpha) +
        (lnGamma(a + b) + lnGamma(b + x) - lnGamma(b) - lnGamma(a + b + x)),
    );
    return -customers.reduce((sum, { x, last, watched }) => {
      const alive = -(r + x) * Math.log(alpha + watched);
      if (x === 0) return sum + counted(x) + alive;
      const gone = Math.log(a) - Math.log(b + x - 1) - (r + x) * Math.log(alpha + last);
      const top = Math.max(alive, gone);
      return sum + counted(x) + top + Math.log(Math.exp(alive - top) + Math.exp(gone - top));
    }, 0);
  };
  return minimum(cost, [0, 1.5, 0, 0.5]).map(Math.exp);
}

/** Gamma–Gamma's (p, q, γ), from each customer's number of orders and their mean, by equation 1a of the note. */
export function fitSpend(customers: readonly { x: number; mean: number }[]): number[] {
  const cost = (logs: number[]): number => {
    const [p, q, g] = logs.map(Math.exp) as [number, number, number];
    const counted = byCount((x) => lnGamma(p * x + q) - lnGamma(p * x) - lnGamma(q) + q * Math.log(g));
    return -customers.reduce(
      (sum, { x, mean }) =>
        sum + counted(x) + ((p * x - 1) * Math.log(mean) + p * x * Math.log(x) - (p * x + q) * Math.log(g + x * mean)),
      0,
    );
  };
  return minimum(cost, [1, 1, 3]).map(Math.exp);
}
