import type { Random } from '../../shared/random.ts';
import { FIRST_NAMES, LAST_NAMES, PRODUCTS } from './sandbox.catalogue.ts';
import { beta, exponential, gamma, pick } from './sandbox.draws.ts';
import { pastRandom } from './sandbox.random.ts';

/**
 * Who buys when, and for how much, in the two years before the sandbox was made.
 *
 * When: BG/NBD (Fader, Hardie and Lee, "Counting your customers the easy way", 2005). A customer's first order comes at a
 * time of its own; then orders follow at the customer's rate λ ~ Gamma(r, α) a week, and after each of them the customer
 * is gone for good with the probability p ~ Beta(a, b).
 *
 * How much: Gamma–Gamma (Fader and Hardie, 2013). An order's goods come to Gamma(p, ν) with the customer's own
 * ν ~ Gamma(q, γ), in dollars; the basket is the one of many random ones whose price is nearest.
 */
export const MODEL = {
  seed: 1_403_229,
  customers: 2_000,
  weeks: 104,
  visits: { r: 0.55, alpha: 7, a: 0.75, b: 2.6 },
  spend: { p: 6, q: 5, gamma: 40 },
  channels: [
    ['web', 0.7],
    ['pos', 0.18],
    ['instagram', 0.12],
  ],
  /** Shares: shoppers who never open an account, who want e-mail, whose birthday is known. */
  guests: 0.1,
  marketing: 0.5,
  birthdays: 0.6,
  /** Share of orders of which something comes back, and of those the share that comes back whole. */
  refunds: 0.06,
  wholeRefunds: 0.6,
} as const;

export type ModelShape = Omit<typeof MODEL, 'customers' | 'weeks' | 'seed'> & {
  seed: number;
  customers: number;
  weeks: number;
};

export type Shopper = {
  firstName: string;
  lastName: string;
  email: string;
  guest: boolean;
  marketing: boolean;
  /** `YYYY-MM-DD` */
  birthday: string | null;
};

/** One order: `week` counts from the beginning of the history; `lines` hold places in the catalogue. */
export type Purchase = {
  shopper: number;
  week: number;
  channel: string;
  /** What the spend model asked for, in dollars. */
  wanted: number;
  lines: { product: number; quantity: number }[];
  /** When something came back; `line` null: everything. */
  refund: { week: number; line: number | null } | null;
};

const two = (n: number): string => String(n).padStart(2, '0');

function shopperOf(random: Random, model: ModelShape, index: number): Shopper {
  const firstName = FIRST_NAMES[random.whole(FIRST_NAMES.length)] as string;
  const lastName = LAST_NAMES[random.whole(LAST_NAMES.length)] as string;
  const born = `${1950 + random.whole(55)}-${two(1 + random.whole(12))}-${two(1 + random.whole(28))}`;
  return {
    firstName,
    lastName,
    email: `${firstName}.${lastName}.${index + 1}@example.test`.toLowerCase(),
    guest: random.next() < model.guests,
    marketing: random.next() < model.marketing,
    birthday: random.next() < model.birthdays ? born : null,
  };
}

/** Weeks of a shopper's orders: the first one given, then BG/NBD until the end. */
function visitWeeks(random: Random, { visits, weeks }: ModelShape, first: number): number[] {
  const rate = gamma(random, visits.r, visits.alpha);
  const leaves = beta(random, visits.a, visits.b);
  const all = [first];
  for (let week = first; ; ) {
    week += exponential(random, rate);
    if (week >= weeks) return all;
    all.push(week);
    if (random.next() < leaves) return all;
  }
}

const TRIES = 30;
const priceOf = (lines: Purchase['lines']): number =>
  lines.reduce((sum, { product, quantity }) => sum + (PRODUCTS[product]?.price ?? 0) * quantity, 0);

/** The basket nearest to an amount in dollars, of thirty at random. */
function basket(random: Random, dollars: number): Purchase['lines'] {
  const largest = Math.min(5, 1 + Math.floor(dollars / 20));
  let best: Purchase['lines'] = [{ product: 0, quantity: 1 }];
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const quantities = new Map<number, number>();
    for (let items = 1 + random.whole(largest); items > 0; items -= 1) {
      const product = random.whole(PRODUCTS.length);
      quantities.set(product, (quantities.get(product) ?? 0) + 1);
    }
    const lines = [...quantities].map(([product, quantity]) => ({ product, quantity }));
    if (Math.abs(priceOf(lines) - dollars * 100) < Math.abs(priceOf(best) - dollars * 100)) best = lines;
  }
  return best;
}

function refundOf(random: Random, model: ModelShape, week: number, lines: number): Purchase['refund'] {
  if (random.next() >= model.refunds) return null;
  const back = week + (2 + random.whole(12)) / 7;
  const whole = random.next() < model.wholeRefunds || lines === 1;
  return back < model.weeks ? { week: back, line: whole ? null : random.whole(lines) } : null;
}

/** The whole history, orders oldest first. The same seed makes the same history. */
export function history(model: ModelShape = MODEL): { shoppers: Shopper[]; purchases: Purchase[] } {
  const random = pastRandom(model.seed);
  const shoppers: Shopper[] = [];
  const purchases: Purchase[] = [];
  for (let shopper = 0; shopper < model.customers; shopper += 1) {
    shoppers.push(shopperOf(random, model, shopper));
    const usual = pick(random, model.channels);
    const rate = gamma(random, model.spend.q, model.spend.gamma);
    // The store grows: more shoppers come late than early.
    const first = model.weeks * Math.sqrt(random.next()) * 0.995;
    for (const week of visitWeeks(random, model, first)) {
      const wanted = gamma(random, model.spend.p, rate);
      const lines = basket(random, wanted);
      // Mostly where they bought first, now and then elsewhere.
      const channel = random.next() < 0.85 ? usual : pick(random, model.channels);
      purchases.push({ shopper, week, channel, wanted, lines, refund: refundOf(random, model, week, lines.length) });
    }
  }
  purchases.sort((a, b) => a.week - b.week);
  return { shoppers, purchases };
}
