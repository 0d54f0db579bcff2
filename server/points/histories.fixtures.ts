import fc from 'fast-check';
import type { CustomerState, OrderLine, OrderState, Refund } from '../commerce/commerce.types.ts';
import type { ProgramRules } from '../contracts/program.ts';
import { mulDiv } from '../shared/money.ts';
import { DAY, HOUR, program, START, spendRule } from './points.fixtures.ts';
import { orderLine, orderState, person, version, type Word } from './world.fixtures.ts';

/** Two versions of a program and what the platform says, in the order in which it happened. */
export type History = {
  rules: ProgramRules;
  later: { rules: ProgramRules; from: number } | null;
  words: { at: number; word: Word }[];
};

/** After everything that a history can hold, expiry and grace included. */
export const END = START + 400 * DAY;

const PEOPLE: Record<string, Partial<CustomerState> | null> = {
  a: { platformId: '101', email: 'a@example.test', registeredAt: START + 2 * DAY },
  // The platform hides protected data now and then: the same account without its e-mail.
  hidden: { platformId: '101' },
  b: { platformId: '102', email: 'b@example.test', registeredAt: START + 5 * DAY },
  guest: { email: 'a@example.test' },
  stranger: { email: 'c@example.test' },
  nobody: null,
};

const OPERATIONS = ['pay', 'edit', 'lines', 'plain', 'all', 'undo', 'cancel', 'delete', 'restore', 'attach'] as const;
type Operation = {
  op: (typeof OPERATIONS)[number];
  pick: number;
  part: number;
  gap: number;
  by: string;
  fact: boolean;
};
type Plan = {
  by: string;
  at: number;
  paid: boolean;
  lines: Partial<OrderLine>[];
  shipping: number;
  steps: Operation[];
};

const who = fc.constantFrom('a', 'a', 'hidden', 'b', 'guest', 'stranger');
const operation: fc.Arbitrary<Operation> = fc.record({
  op: fc.constantFrom(...OPERATIONS, 'pay', 'lines', 'plain', 'undo'),
  pick: fc.nat(2),
  part: fc.integer({ min: 1, max: 100 }),
  gap: fc.constantFrom(0, 1, 12, 24, 24 * 16, 24 * 40),
  by: who,
  fact: fc.boolean(),
});
const plan: fc.Arbitrary<Plan> = fc.record({
  by: fc.oneof({ weight: 9, arbitrary: who }, { weight: 1, arbitrary: fc.constant('nobody') }),
  at: fc.nat(80).map((halfDays) => START + halfDays * 12 * HOUR),
  paid: fc.boolean(),
  lines: fc.array(
    fc.record({
      productId: fc.constantFrom('p1', 'p2', 'p3'),
      quantity: fc.integer({ min: 1, max: 3 }),
      unitPrice: fc.integer({ min: 0, max: 20_000 }),
      giftCard: fc.integer({ min: 0, max: 9 }).map((one) => one === 0),
    }),
    { minLength: 1, maxLength: 3 },
  ),
  shipping: fc.constantFrom(0, 500),
  steps: fc.array(operation, { maxLength: 5 }),
});

const terms = fc.record({
  holdDays: fc.constantFrom(0, 0, 7, 45),
  expiryMonths: fc.constantFrom(null, null, 1, 3),
});
const cap = fc.option(fc.integer({ min: 20, max: 300 }));
const rules: fc.Arbitrary<ProgramRules> = fc
  .record({
    spend: fc.record({
      rounding: fc.constantFrom('floor', 'nearest', 'ceil'),
      minimum: fc.constantFrom(0, 0, 5000),
      include: fc.record({ tax: fc.boolean(), shipping: fc.boolean() }),
      caps: fc.oneof(fc.constant({}), fc.record({ order: cap, day: cap, lifetime: cap })),
    }),
    terms,
    bonus: terms,
    extra: fc.subarray([
      { id: 'each', type: 'order', points: 10 },
      { id: 'second', type: 'nth', n: 2, points: 100 },
      { id: 'signup', type: 'signup', points: 50 },
      { id: 'tea', type: 'multiplier', percent: 250, only: { products: ['p1'] } },
      { id: 'weekend', type: 'multiplier', percent: 200, when: { weekdays: [6, 7] } },
    ]),
    clawback: fc.constantFrom('debt', 'debt', 'absorb'),
  })
  .map(({ spend, terms: ofSpend, bonus, extra, clawback }) =>
    program(
      [
        spendRule({ ...spend, ...ofSpend }),
        ...extra.map((rule) => (rule.type === 'multiplier' ? rule : { ...bonus, ...rule })),
      ],
      clawback,
    ),
  );

/** A small shop's life: some orders of two accounts and their guests, each with its ups and downs. */
export const history: fc.Arbitrary<History> = fc
  .record({
    rules,
    later: fc.option(fc.record({ rules, from: fc.nat(40).map((day) => START + day * DAY) })),
    plans: fc.array(plan, { minLength: 1, maxLength: 7 }),
    merged: fc.option(fc.nat(100).map((day) => START + day * DAY)),
    accounts: fc.subarray(['a', 'b']),
  })
  .map(({ plans, merged, accounts, ...rest }) => {
    const words = plans.flatMap((one, index) => lifeOf(one, String(index + 9)));
    for (const name of accounts) {
      const account = person(PEOPLE[name] ?? {});
      const at = account.registeredAt ?? START;
      words.push({ at, word: { kind: 'account', account, version: version(at) } });
    }
    if (merged !== null) words.push({ at: merged, word: { kind: 'merge', kept: '101', gone: '102' } });
    return { ...rest, words: words.sort((a, b) => a.at - b.at) };
  });

type State = Plan & { platformId: string; paidAt: number | null; cancelledAt: number | null; refunds: Refund[] };

const worth = (line: OrderLine): number => line.quantity * line.unitPrice - line.discount;

function payload(state: State, at: number, turn: number): OrderState {
  const lines = state.lines.map((line, index) => orderLine({ platformId: `l${index}`, ...line }));
  const total = lines.reduce((sum, line) => sum + worth(line), 0) + state.shipping;
  const refunded = state.refunds.reduce((sum, refund) => sum + refund.amount, 0);
  const partly = refunded === 0 ? 'paid' : refunded >= total ? 'refunded' : 'partially_refunded';
  const said = version(at, { triggeredAt: at + turn, bodyHash: `${state.platformId}-${turn}` });
  return orderState({
    platformId: state.platformId,
    number: `#${state.platformId}`,
    placedAt: state.at,
    paidAt: state.paidAt,
    cancelledAt: state.cancelledAt,
    financial: state.paidAt === null ? 'pending' : partly,
    lines,
    total,
    shipping: state.shipping,
    refunds: [...state.refunds],
    by: PEOPLE[state.by] ?? null,
    version: said,
  });
}

/** What the platform says of one order, from placing on. */
function lifeOf(one: Plan, platformId: string): { at: number; word: Word }[] {
  let at = one.at;
  let state: State = { ...one, platformId, paidAt: one.paid ? at : null, cancelledAt: null, refunds: [] };
  const words: { at: number; word: Word }[] = [{ at, word: { kind: 'order', order: payload(state, at, 0) } }];
  one.steps.forEach((step, index) => {
    at += step.gap * HOUR;
    if (step.op === 'delete') {
      words.push({ at, word: { kind: 'deleted', orderId: platformId, at } });
      return;
    }
    const before = state;
    state = after(state, step, at, `${platformId}-${index}`);
    const refund = state.refunds.at(-1);
    const isFact = refund !== undefined && state.refunds.length > before.refunds.length && step.fact;
    if (isFact) words.push({ at, word: { kind: 'refund', orderId: platformId, refund } });
    // A refund may be all that is heard, until the next payload lists it.
    if (!isFact || step.part % 2 === 0)
      words.push({ at, word: { kind: 'order', order: payload(state, at, index + 1) } });
  });
  return words;
}

function after(state: State, { op, pick, part, by }: Operation, at: number, id: string): State {
  const { total, lines } = payload(state, at, 0);
  const rest = total - state.refunds.reduce((sum, refund) => sum + refund.amount, 0);
  const refunded = (amount: number, of: Refund['lines'] = []): State =>
    state.paidAt === null || amount <= 0
      ? state
      : { ...state, refunds: [...state.refunds, { platformId: id, at, amount, lines: of }] };
  if (op === 'pay') return { ...state, paidAt: state.paidAt ?? at };
  if (op === 'cancel') return { ...state, cancelledAt: at };
  if (op === 'attach') return { ...state, by };
  if (op === 'undo') return { ...state, refunds: state.refunds.slice(0, -1) };
  if (op === 'all') return refunded(rest);
  if (op === 'plain') return refunded(mulDiv(Math.max(0, rest), part, 100, 'ceil'));
  const index = pick % lines.length;
  const line = lines[index];
  if (!line || op === 'restore') return state;
  if (op === 'edit') {
    const edited = { ...line, quantity: 1 + (part % 3), discount: mulDiv(line.unitPrice, part, 300, 'floor') };
    return { ...state, lines: state.lines.map((old, i) => (i === index ? edited : old)) };
  }
  const amount = Math.min(rest, mulDiv(worth(line), 1, line.quantity, 'floor'));
  return refunded(amount, [{ lineId: line.platformId, quantity: 1, amount }]);
}
