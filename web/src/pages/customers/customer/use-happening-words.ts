import { useTranslation } from 'react-i18next';
import type { Happening } from '../../../api/customer.ts';
import { useFormat } from '../../../format/provider.tsx';
import { useLevels } from '../use-levels.ts';

type Facts = Happening['facts'];
type Words = { text: string; detail: string | null };

const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);
const numberOf = (value: unknown): number => (typeof value === 'number' ? value : 0);
/** Isolates what the store wrote, so that its direction changes nothing around it. */
const isolated = (text: string): string => `\u2068${text}\u2069`;

/** A happening in words: what it was, and what else is known of it. */
export function useHappeningWords(): (item: Happening) => Words {
  const { t } = useTranslation('customer');
  const format = useFormat();
  const { nameOf } = useLevels();
  const money = (amount: unknown, currency: unknown): string =>
    currency === undefined || currency === format.habits.currency
      ? format.money(numberOf(amount))
      : isolated(`${format.decimal(numberOf(amount), 2)} ${String(currency)}`);
  const number = (facts: Facts) => isolated(String(facts.number ?? facts.order ?? ''));
  const tier = (id: unknown): string => (textOf(id) === null ? t('timeline.tierNone') : isolated(nameOf(String(id))));
  const makers: Record<Exclude<Happening['kind'], 'note'>, (facts: Facts) => Words> = {
    order: (facts) => ({
      text: t('timeline.order', { number: number(facts), total: money(facts.total, facts.currency) }),
      detail: facts.counts === false ? t('timeline.orderNot') : null,
    }),
    refund: (facts) => ({
      text:
        facts.amount === undefined
          ? t('timeline.refundPlain')
          : t('timeline.refund', { number: number(facts), amount: money(facts.amount, facts.currency) }),
      detail: textOf(facts.reason),
    }),
    points: (facts) => {
      const kind = String(facts.kind ?? '');
      const moved = numberOf(facts.available) === 0 ? numberOf(facts.pending) : numberOf(facts.available);
      const words = { kind: t(`ledger.kinds.${kind}`, { defaultValue: kind }), points: format.signed(moved, 0) };
      return { text: t('timeline.points', words), detail: textOf(facts.reason) };
    },
    tier: ({ from, to }) => ({ text: t('timeline.tierUp', { from: tier(from), to: tier(to) }), detail: null }),
    consent: (facts) => {
      const words = {
        channel: t(`consent.channel.${String(facts.channel)}`),
        state: t(`consent.state.${String(facts.state)}`),
      };
      return { text: t('timeline.consent', words), detail: textOf(facts.source) };
    },
    account: (facts) => ({
      text: facts.opened ? t('timeline.opened') : facts.merged ? t('timeline.merged') : t('timeline.account'),
      detail: null,
    }),
  };
  return ({ kind, facts }) =>
    kind === 'note' ? { text: String(facts.text ?? ''), detail: null } : makers[kind](facts);
}
