/** A customer's points as the figures see them: the parts of a lot and of a spend that they need. */
export type FigureLot = {
  source: string;
  /** Whether it was earned; otherwise given by hand, a debt, or what the merchant bears. */
  earned: boolean;
  availableAt: number;
  expiresAt: number | null;
} & Record<'granted' | 'pending' | 'available' | 'reserved' | 'expired', number>;
export type FigureSpend = { kind: 'redemption' | 'adjustment'; amount: number; settledAt: number };

/** Points of one day. `remaining` is what is left of the lots of that day, be it pending, available or set aside. */
export type PointsDay = Record<(typeof FIGURES)[number], number>;
export type PointsDays = Map<string, PointsDay>;

export const FIGURES = ['issued', 'redeemed', 'expired', 'adjusted', 'remaining'] as const;

export const noPoints = (): PointsDay => ({ issued: 0, redeemed: 0, expired: 0, adjusted: 0, remaining: 0 });

/**
 * What one customer adds to the points of days. Issued is net of what was taken back, on the day of its order (else the day
 * it became available); redeemed and adjusted by hand on the day it happened; expired on the day of expiry. So
 * issued + adjusted − redeemed − expired is what remains, and all of it follows from the lots, not from the way there.
 * @param orderDay the local day of an order, by our id
 * @param dayAt the local day of an instant
 */
export function pointsOf(
  { lots, spends }: { lots: readonly FigureLot[]; spends: readonly FigureSpend[] },
  { orderDay, dayAt }: { orderDay: ReadonlyMap<string, string>; dayAt: (instant: number) => string },
): PointsDays {
  const days: PointsDays = new Map();
  const add = (day: string, figure: keyof PointsDay, amount: number): void => {
    if (amount === 0) return;
    const sums = days.get(day) ?? noPoints();
    sums[figure] += amount;
    days.set(day, sums);
  };
  for (const lot of lots) {
    const day = orderDay.get(lot.source) ?? dayAt(lot.availableAt);
    add(day, lot.earned ? 'issued' : 'adjusted', lot.granted);
    add(day, 'remaining', lot.pending + lot.available + lot.reserved);
    if (lot.expired !== 0) add(dayAt(lot.expiresAt ?? lot.availableAt), 'expired', lot.expired);
  }
  for (const spend of spends) {
    if (spend.kind === 'redemption') add(dayAt(spend.settledAt), 'redeemed', spend.amount);
    else add(dayAt(spend.settledAt), 'adjusted', -spend.amount);
  }
  return days;
}

/** Adds days to running totals, in place; `sign` −1 takes them off. */
export function addPoints(totals: PointsDays, days: PointsDays, sign: 1 | -1): void {
  for (const [day, sums] of days) {
    const total = totals.get(day) ?? noPoints();
    for (const figure of FIGURES) total[figure] += sign * sums[figure];
    totals.set(day, total);
  }
}

/** Days as a row of text, in order of the days, so that equal points give equal rows. */
export const packPoints = (days: PointsDays): string =>
  [...days]
    .filter(([, sums]) => FIGURES.some((figure) => sums[figure] !== 0))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([day, sums]) => `${day} ${FIGURES.map((figure) => sums[figure]).join(' ')}`)
    .join('\n');

/** The days of such a row. */
export function unpackPoints(text: string): PointsDays {
  const days: PointsDays = new Map();
  for (const line of text === '' ? [] : text.split('\n')) {
    const [day = '', ...sums] = line.split(' ');
    days.set(day, Object.fromEntries(FIGURES.map((figure, index) => [figure, Number(sums[index])])) as PointsDay);
  }
  return days;
}
