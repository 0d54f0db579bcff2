import { useTranslation } from 'react-i18next';
import { useFormat } from '../../format/provider.tsx';

export type Unit = 'points' | 'money' | 'days' | 'months' | 'times' | 'orders';

/** What stands beside a field: points, days, or the shop's currency. */
export function useUnit(): (unit: Unit) => string {
  const { t } = useTranslation('program');
  const format = useFormat();
  return (unit) => (unit === 'money' ? format.unit() : t(`units.${unit}`));
}
