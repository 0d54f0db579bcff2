import { useTranslation } from 'react-i18next';
import { useFormat } from '../../format/provider.tsx';

export type Unit = 'points' | 'money' | 'days' | 'months' | 'times' | 'orders';

/** What stands beside a field: points, days, or the shop's currency. */
export function useUnit(): (unit: Unit) => string {
  const { t } = useTranslation('program');
  const { habits } = useFormat();
  const toman = habits.currency === 'IRT' || (habits.currency === 'IRR' && habits.showToman);
  const money = toman ? t('units.toman') : habits.currency === 'IRR' ? t('units.rial') : habits.currency;
  return (unit) => (unit === 'money' ? money : t(`units.${unit}`));
}
