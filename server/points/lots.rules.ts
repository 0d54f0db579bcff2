import { ABSORBED, DEBT, type Lot, type LotState, lotName } from './points.types.ts';

/** A spend as the allocation sees it. `settledAt` is when a released one gave its points back. */
export type Spend = {
  id: string;
  kind: 'redemption' | 'adjustment';
  amount: number;
  reservedAt: number;
  state: 'reserved' | 'redeemed' | 'released';
  settledAt: number | null;
};

/** What happens to a spend of that instant which no lot covers any more. */
export type PolicyAt = (instant: number) => 'debt' | 'absorb';

/** Points that come back to a lot which has expired meanwhile can be spent this much longer. */
const GRACE_MS = 30 * 86_400_000;

/** Points that could never have been spent do not expire: a hold that outlasts the expiry leaves it out. */
const expires = ({ availableAt, expiresAt }: Pick<LotState, 'availableAt' | 'expiresAt'>): boolean =>
  expiresAt !== null && expiresAt > availableAt;

/** A lot that no spend has touched: where its points are follows from the two dates alone. */
export function restingState(
  lot: Pick<LotState, 'granted' | 'availableAt' | 'expiresAt'>,
  now: number,
): Pick<LotState, 'pending' | 'available' | 'reserved' | 'redeemed' | 'removed' | 'expired'> {
  const { granted, availableAt, expiresAt } = lot;
  const none = { pending: 0, available: 0, reserved: 0, redeemed: 0, removed: 0, expired: 0 };
  if (expires(lot) && expiresAt !== null && expiresAt <= now) return { ...none, expired: granted };
  if (availableAt > now) return { ...none, pending: granted };
  return { ...none, available: granted };
}

/** When something next happens to a lot by itself; null: never. */
export function nextDue(lot: LotState): number | null {
  if (lot.pending > 0) return lot.availableAt;
  return lot.available > 0 && expires(lot) ? lot.expiresAt : null;
}

/** The earliest due instant of several lots. */
export const earliestDue = (lots: readonly LotState[]): number | null =>
  lots.reduce<number | null>((due, lot) => {
    const next = nextDue(lot);
    return next === null ? due : Math.min(due ?? next, next);
  }, null);

/**
 * The instant that a customer's lots and spends have reached, which a clock that runs behind another must not undo: a
 * spend dated before the points that paid for it would look like a debt.
 */
export function presentOf(
  now: number,
  lots: readonly Lot[],
  spends: readonly Pick<Spend, 'reservedAt' | 'settledAt'>[],
): number {
  let at = now;
  for (const lot of lots) {
    if (lot.granted > 0 && lot.pending === 0) at = Math.max(at, lot.availableAt);
    if (lot.expired > 0) at = Math.max(at, lot.termEndsAt ?? 0);
  }
  for (const { reservedAt, settledAt } of spends) at = Math.max(at, reservedAt, settledAt ?? 0);
  return at;
}

/** The newest instant at which a spend takes points or gives some back; null: there is none. */
export const spentUntil = (spends: readonly Pick<Spend, 'reservedAt' | 'settledAt' | 'state'>[]): number | null =>
  spends.reduce<number | null>((last, { state, reservedAt, settledAt }) => {
    const at = state === 'released' ? Math.max(reservedAt, settledAt ?? 0) : reservedAt;
    return Math.max(last ?? at, at);
  }, null);

type Event = { at: number; order: number; key: string; happen: () => void };

/**
 * Which lot paid for which spend, as if everything had been known from the start: grants, spends, returns and expiries
 * are gone through in the order of their own times, so any order of arrival ends in the same lots. A spend takes what
 * expires first; what it cannot find becomes debt, which later grants fill first (or, with `absorb` in force when it was
 * made, the merchant's loss); points given back return to their own lots, an expired one for 30 days more. At the same
 * instant lots open, then expire, then points come back, then are spent.
 *
 * @param lots every lot of the customer; only names, granted, `availableAt` and `termEndsAt` are read
 * @param owner the customer's id: names the debt lot
 * @returns every lot in its new state, with a debt or absorbed lot when one is needed
 */
export function allocate(
  lots: readonly Lot[],
  spends: readonly Spend[],
  { now, owner, policyAt }: { now: number; owner: string; policyAt: PolicyAt },
): Lot[] {
  const run = new Allocation(owner, policyAt);
  const events: Event[] = [];
  for (const lot of lots) {
    if (lot.rule === DEBT || lot.rule === ABSORBED) run.keep(lot);
    else run.open(lot, events);
  }
  for (const spend of spends) {
    const at = spend.state === 'released' ? (spend.settledAt ?? spend.reservedAt) : null;
    // Given back in the instant in which it was taken: it never was.
    if (at !== null && at <= spend.reservedAt) continue;
    if (at !== null) events.push({ at, order: 2, key: spend.id, happen: () => run.giveBack(spend, at, events) });
    events.push({ at: spend.reservedAt, order: 3, key: spend.id, happen: () => run.take(spend) });
  }
  events.sort(compare);
  for (let next = 0; next < events.length; next += 1) {
    const event = events[next] as Event;
    if (event.at > now) break;
    event.happen();
  }
  return run.result(spends);
}

/** Puts an event that comes up on the way where it belongs: always behind the one that is running. */
function insert(events: Event[], event: Event): void {
  let low = 0;
  let high = events.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (compare(events[middle] as Event, event) <= 0) low = middle + 1;
    else high = middle;
  }
  events.splice(low, 0, event);
}

const compare = (a: Event, b: Event): number =>
  a.at - b.at || a.order - b.order || (a.key < b.key ? -1 : a.key > b.key ? 1 : 0);

type Open = Lot & { open: boolean; tie: string };
type Share = { lot: Lot; amount: number };

/** The running state of one allocation. */
class Allocation {
  readonly #owner: string;
  readonly #policyAt: PolicyAt;
  readonly #lots: Open[] = [];
  readonly #kept = new Map<string, Lot>();
  /** Of each spend: what each lot paid, and what nothing covered. */
  readonly #shares = new Map<string, { spend: Spend; paid: Share[]; uncovered: number }>();

  constructor(owner: string, policyAt: PolicyAt) {
    this.#owner = owner;
    this.#policyAt = policyAt;
  }

  /** A debt lot of before: emptied now, filled again if debt is left. */
  keep(lot: Lot): void {
    this.#kept.set(lotName(lot), blank(lot, 0));
  }

  open(lot: Lot, events: Event[]): void {
    const held = { ...blank(lot, lot.granted), expiresAt: lot.termEndsAt, pending: lot.granted };
    const open: Open = { ...held, open: false, tie: tieOf(lot) };
    this.#lots.push(open);
    events.push({ at: lot.availableAt, order: 0, key: open.tie, happen: () => this.#mature(open) });
    const expiry = this.#expiry(open);
    if (expiry) events.push(expiry);
  }

  #expiry(lot: Open): Event | null {
    const { expiresAt } = lot;
    if (expiresAt === null || !expires(lot)) return null;
    return { at: expiresAt, order: 1, key: lot.tie, happen: () => this.#expire(lot, expiresAt) };
  }

  #mature(lot: Open): void {
    lot.available += lot.pending;
    lot.pending = 0;
    lot.open = true;
    for (const share of this.#shares.values()) {
      if (lot.available === 0) return;
      this.#pay(share, lot, Math.min(lot.available, share.uncovered));
    }
  }

  #pay(share: { paid: Share[]; uncovered: number }, lot: Lot, amount: number): void {
    if (amount <= 0) return;
    lot.available -= amount;
    share.uncovered -= amount;
    share.paid.push({ lot, amount });
  }

  #expire(lot: Open, at: number): void {
    if (lot.expiresAt !== at) return;
    lot.expired += lot.available;
    lot.available = 0;
    lot.open = false;
  }

  take(spend: Spend): void {
    const share = { spend, paid: [] as Share[], uncovered: spend.amount };
    const payers = this.#lots.filter((lot) => lot.open && lot.available > 0).sort(firstToExpire);
    for (const lot of payers) this.#pay(share, lot, Math.min(lot.available, share.uncovered));
    // What the merchant bears is not a debt that later grants would pay.
    if (share.uncovered > 0 && this.#policyAt(spend.reservedAt) === 'absorb') {
      share.paid.push({ lot: this.#own(ABSORBED), amount: share.uncovered });
      share.uncovered = 0;
    }
    this.#shares.set(spend.id, share);
  }

  giveBack(spend: Spend, at: number, events: Event[]): void {
    const share = this.#shares.get(spend.id);
    if (!share) return;
    this.#shares.delete(spend.id);
    for (const { lot, amount } of share.paid) {
      if (lot.rule === ABSORBED) continue;
      lot.available += amount;
      const open = lot as Open;
      if (!open.open) {
        open.open = true;
        open.expiresAt = at + GRACE_MS;
        const expiry = this.#expiry(open);
        if (expiry) insert(events, expiry);
      }
      for (const other of this.#shares.values()) this.#pay(other, lot, Math.min(lot.available, other.uncovered));
    }
  }

  #own(rule: string): Lot {
    const name = lotName({ source: this.#owner, rule });
    const lot =
      this.#kept.get(name) ??
      blank({ source: this.#owner, rule, availableAt: 0, expiresAt: null, termEndsAt: null }, 0);
    this.#kept.set(name, lot);
    return lot;
  }

  result(spends: readonly Spend[]): Lot[] {
    for (const spend of spends) {
      const share = this.#shares.get(spend.id);
      if (!share) continue;
      const settled = spend.kind === 'adjustment' ? 'removed' : 'redeemed';
      const into = spend.state === 'redeemed' ? settled : 'reserved';
      for (const { lot, amount } of share.paid) {
        lot[into] += amount;
        if (lot.rule === ABSORBED) lot.granted += amount;
      }
      if (share.uncovered > 0) {
        const debt = this.#own(DEBT);
        debt[into] += share.uncovered;
        debt.available -= share.uncovered;
      }
    }
    return [...this.#lots.map(({ open: _open, tie: _tie, ...lot }) => lot), ...this.#kept.values()];
  }
}

function blank(lot: Pick<Lot, 'source' | 'rule' | 'availableAt' | 'expiresAt' | 'termEndsAt'>, granted: number): Lot {
  const { source, rule, availableAt, expiresAt, termEndsAt } = lot;
  const nothing = { pending: 0, available: 0, reserved: 0, redeemed: 0, removed: 0, expired: 0 };
  return { source, rule, granted, availableAt, expiresAt, termEndsAt, ...nothing };
}

/** Soonest expiry first, lots without one last; then the oldest; then by `tie`. */
function firstToExpire(a: Open, b: Open): number {
  const byExpiry = (a.expiresAt ?? Number.MAX_SAFE_INTEGER) - (b.expiresAt ?? Number.MAX_SAFE_INTEGER);
  return byExpiry || a.availableAt - b.availableAt || (a.tie < b.tie ? -1 : 1);
}

/** Decides between lots of the same dates: by rule, then the smaller. Our own ids, which tell of arrival, come last. */
const tieOf = ({ source, rule, granted }: Lot): string => `${rule} ${String(granted).padStart(16, '0')} ${source}`;
