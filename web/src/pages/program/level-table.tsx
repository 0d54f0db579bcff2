import { useTranslation } from 'react-i18next';
import type { TierLevel, TierProgram } from '../../api/program.ts';
import { useFormat } from '../../format/provider.tsx';
import { Button, type Column, FigureTable, InlineStack } from '../../ui/index.ts';
import { nameOfLevel } from '../customers/use-levels.ts';
import { usePlace } from './use-place.ts';

type Props = { tiers: TierProgram; onEdit: (level: TierLevel) => void; onRemove: (id: string) => void };

/** What a level gives besides its multiplier, as short words. */
function usePerkWords(): (level: TierLevel) => string[] {
  const { t } = useTranslation('program');
  const format = useFormat();
  return ({ perks }) => [
    ...(perks.freeShipping ? [t('perks.freeShipping')] : []),
    ...(perks.exclusiveRewards ? [t('perks.exclusiveRewards')] : []),
    ...(perks.earlyAccessTag === null ? [] : [t('perks.earlyAccess')]),
    ...(perks.birthdayBonus === 0
      ? []
      : [t('perks.birthday', { count: perks.birthdayBonus, n: format.count(perks.birthdayBonus) })]),
    ...(perks.gift === null ? [] : [t('perks.gift', { gift: perks.gift })]),
  ];
}

/** The levels, lowest first. */
export function LevelTable({ tiers, onEdit, onRemove }: Props) {
  const { t, i18n } = useTranslation('program');
  const { t: common } = useTranslation();
  const format = useFormat();
  const { moneyOfMinor } = usePlace();
  const perksOf = usePerkWords();
  const none = common('states.none');
  const nameOf = ({ name }: TierLevel) => nameOfLevel(name, i18n.language);
  const threshold = ({ threshold: least }: TierLevel): string => {
    if (least === 0) return t('tiers.everybody');
    if (tiers.metric === 'spend') return moneyOfMinor(least);
    return t(`tiers.from_${tiers.metric}`, { count: least, n: format.count(least) });
  };
  const columns: Column<TierLevel>[] = [
    { key: 'name', title: t('tiers.columns.name'), cell: (level) => <bdi>{nameOf(level)}</bdi> },
    { key: 'threshold', title: t('tiers.columns.threshold'), cell: threshold },
    {
      key: 'factor',
      title: t('tiers.columns.factor'),
      cell: ({ percent }) => (percent === 100 ? none : t('tiers.times', { factor: format.decimal(percent / 100, 2) })),
    },
    {
      key: 'bonus',
      title: t('tiers.columns.bonus'),
      numeric: true,
      cell: ({ entryBonus }) => (entryBonus === 0 ? none : format.count(entryBonus)),
    },
    { key: 'perks', title: t('tiers.columns.perks'), cell: (level) => perksOf(level).join(t('words.comma')) || none },
    {
      key: 'actions',
      title: t('tiers.columns.actions'),
      cell: (level) => (
        <InlineStack gap="200" wrap={false}>
          <Button
            variant="plain"
            onClick={() => onEdit(level)}
            accessibilityLabel={`${t('rules.edit')}: ${nameOf(level)}`}
          >
            {t('rules.edit')}
          </Button>
          <Button
            variant="plain"
            tone="critical"
            onClick={() => onRemove(level.id)}
            accessibilityLabel={`${t('rules.remove')}: ${nameOf(level)}`}
          >
            {t('rules.remove')}
          </Button>
        </InlineStack>
      ),
    },
  ];
  return <FigureTable caption={t('tiers.title')} columns={columns} rows={tiers.levels} keyOf={({ id }) => id} />;
}
