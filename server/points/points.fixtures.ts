import { type ProgramRules, programRules } from '../contracts/program.ts';
import type { EarningLine, EarningOrder } from '../program/eligible.rules.ts';
import type { Spend } from './lots.rules.ts';
import type { Lot } from './points.types.ts';
import type { Terms } from './targets.rules.ts';

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;
/** A Thursday at midnight UTC: when everything in these tests begins. */
export const START = Date.UTC(2026, 0, 1);

/** A program's rules as a merchant would write them; what is left out has its default. */
export const program = (earning: object[], clawback: ProgramRules['clawback'] = 'debt'): ProgramRules =>
  programRules.parse({ earning, clawback });

/** One point for each whole dollar. */
export const spendRule = (fields: object = {}) => ({ id: 'spend', type: 'spend', points: 1, per: 100, ...fields });

export const earningLine = (fields: Partial<EarningLine> = {}): EarningLine => ({
  productId: 'p1',
  vendor: null,
  quantity: 1,
  unitPrice: 10_000,
  discount: 0,
  taxIncluded: 0,
  giftCard: false,
  refundedAmount: 0,
  ...fields,
});

/** A paid order of one line of 100.00, placed and paid at the start. */
export function earningOrder(fields: Partial<EarningOrder> = {}): EarningOrder {
  const lines = fields.lines ?? [earningLine()];
  const placedAt = fields.placedAt ?? START;
  const goods = lines.reduce((sum, line) => sum + line.quantity * line.unitPrice - line.discount, 0);
  return {
    id: `o-${fields.platformId ?? '1'}`,
    platformId: '1',
    customerId: 'c',
    placedAt,
    paidAt: placedAt,
    placedDay: new Date(placedAt).toISOString().slice(0, 10),
    counts: true,
    earns: true,
    total: goods + (fields.shipping ?? 0),
    shipping: 0,
    tax: 0,
    creditPaid: 0,
    plainRefunds: [],
    ...fields,
    lines,
  };
}

/** Terms with one version that has always been in force, in UTC. */
export const terms = (earning: object[], fields: Partial<Terms> = {}): Terms => ({
  programStart: 0,
  zoneAt: () => 'UTC',
  versionAt: () => ({ version: 1, rules: program(earning) }),
  catalogue: () => undefined,
  tierOf: () => null,
  ...fields,
});

/** A lot that nothing has touched; spendable from the start and for ever, unless said otherwise. */
export function lot(name: string, granted: number, fields: Partial<Lot> = {}): Lot {
  const dates = { availableAt: START, termEndsAt: null, ...fields };
  return {
    source: name,
    rule: 'spend',
    granted,
    pending: 0,
    available: 0,
    reserved: 0,
    redeemed: 0,
    removed: 0,
    expired: 0,
    expiresAt: dates.termEndsAt,
    ...dates,
  };
}

export const spend = (id: string, amount: number, at: number, fields: Partial<Spend> = {}): Spend => ({
  id,
  amount,
  kind: 'redemption',
  reservedAt: at,
  state: 'redeemed',
  settledAt: null,
  ...fields,
});
