import { useTranslation } from 'react-i18next';
import type { Happening } from '../../../api/customer.ts';
import { useFormat } from '../../../format/provider.tsx';
import { useLevels } from '../use-levels.ts';
import { isolated } from './isolated.ts';

type Facts = Happening['facts'];
type Words = { text: string; detail: string | null };

const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);
const numberOf = (value: unknown): number => (typeof value === 'number' ? value : 0);

/** A happening in words: what it was, and what else is known of it. */
export function useHappeningWords(): (item: Happening) => Words {
  const { t } = useTranslation('customer');
  const format = useFormat();
  const { nameOf } = useLevels();
  const money = (amount: unknown, currency: unknown): string =>
    currency === undefined || currency === format.habits.currency
      ? format.money(numberOf(amount))
      : isolated(`${format.decimal(numberOf(amount), 2)} ${String(currency)}`);
  const number = (facts: Facts) => isolated(String(facts.number ?? ''));
  const tier = (id: unknown): string => (textOf(id) === null ? t('timeline.tierNone') : isolated(nameOf(String(id))));
  const makers: Record<Exclude<Happening['kind'], 'note'>, (facts: Facts) => Words> = {
    order: (facts) => ({
      text: t('timeline.order', { number: number(facts), total: money(facts.total, facts.currency) }),
      detail: facts.counts === false ? t('timeline.orderNot') : null,
    }),
    refund: (facts) => ({
      text: t('timeline.refund', { number: number(facts), amount: money(facts.amount, facts.currency) }),
      detail: null,
    }),
    points: (facts) => {
      const kind = facts.reverses ? 'reversal' : String(facts.kind ?? '');
      const moved = numberOf(facts.available) === 0 ? numberOf(facts.pending) : numberOf(facts.available);
      const words = { kind: t(`ledger.kinds.${kind}`, { defaultValue: kind }), points: format.signed(moved, 0) };
      const order = textOf(facts.orderNumber);
      const details = [
        ...(order === null ? [] : [t('lots.from.order', { number: isolated(order) })]),
        ...(textOf(facts.reason) === null ? [] : [isolated(String(facts.reason))]),
        ...(facts.reversedBy ? [t('ledger.reversed')] : []),
      ];
      return { text: t('timeline.points', words), detail: details.join(' · ') || null };
    },
    tier: ({ from, to, reason }) => ({
      text: t('timeline.tierUp', { from: tier(from), to: tier(to) }),
      detail: t(`timeline.tierReasons.${String(reason)}`),
    }),
    consent: (facts) => {
      const words = {
        channel: t(`consent.channel.${String(facts.channel)}`),
        state: t(`consent.state.${String(facts.state)}`),
      };
      return { text: t('timeline.consent', words), detail: textOf(facts.source) };
    },
    account: (facts) => ({
      text: t(`timeline.account.${String(facts.event)}`),
      detail: null,
    }),
  };
  return ({ kind, facts }) =>
    kind === 'note' ? { text: String(facts.text ?? ''), detail: null } : makers[kind](facts);
}
