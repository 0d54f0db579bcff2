import { useTranslation } from 'react-i18next';
import { useFormat } from '../../format/provider.tsx';
import type { Range } from '../../range/range.ts';
import { Button, InlineStack, Select, Tag } from '../../ui/index.ts';
import styles from './customers.module.css';
import { groupWords } from './group-words.ts';
import { SearchBox } from './search-box.tsx';
import { useLevels } from './use-levels.ts';
import type { Filter } from './use-wanted.ts';

const RFM = [
  ...['champions', 'loyal_customers', 'potential_loyalists', 'new_customers', 'promising', 'need_attention'],
  ...['about_to_sleep', 'cant_lose', 'at_risk', 'hibernating'],
].map((name) => `rfm:${name}`);
const STAGES = ['lead', 'new', 'active', 'loyal', 'at_risk', 'lost'].map((name) => `lifecycle:${name}`);

type Props = {
  filters: Partial<Record<Filter, string>>;
  range: Range | undefined;
  onChange: (next: Partial<Record<Filter, string>>, options?: { replace?: boolean }) => void;
};

/** Search, segment, tier, and the group that a figure led to. */
export function Filters({ filters, range, onChange }: Props) {
  const { t } = useTranslation('customers');
  const { levels, nameOf } = useLevels();
  const choices = (names: readonly string[]) =>
    names.map((value) => ({ label: t(`segments.${value.replace(':', '_')}`), value }));
  const segments = [
    { label: t('anySegment'), value: '' },
    { title: t('byRfm'), options: choices(RFM) },
    { title: t('byStage'), options: choices(STAGES) },
  ];
  const tiers = [
    { label: t('anyTier'), value: '' },
    ...levels.map(({ id }) => ({ label: nameOf(id), value: id })),
    // A link may name a tier that is no longer defined.
    ...(filters.tier === undefined || levels.some(({ id }) => id === filters.tier)
      ? []
      : [{ label: filters.tier, value: filters.tier }]),
  ];
  return (
    <>
      <div className={styles.filters}>
        <SearchBox value={filters.query ?? ''} onSearch={(query) => onChange({ query }, { replace: true })} />
        <Select
          label={t('segment')}
          options={segments}
          value={filters.segment ?? ''}
          onChange={(segment) => onChange({ segment })}
        />
        <Select
          label={t('tier')}
          options={tiers}
          value={filters.tier ?? ''}
          onChange={(tier) => onChange({ tier })}
          disabled={tiers.length === 1}
        />
      </div>
      {Object.keys(filters).length > 0 && (
        <InlineStack gap="200" blockAlign="center">
          {filters.group !== undefined && (
            <GroupChip group={filters.group} range={range} onRemove={() => onChange({ group: '' })} />
          )}
          <Button variant="plain" onClick={() => onChange({ query: '', segment: '', tier: '', group: '' })}>
            {t('clear')}
          </Button>
        </InlineStack>
      )}
    </>
  );
}

function GroupChip({ group, range, onRemove }: { group: string; range: Range | undefined; onRemove: () => void }) {
  const { t } = useTranslation('customers');
  const format = useFormat();
  const days = range ? `${format.day(range.from)} – ${format.day(range.to)}` : '…';
  const { key, values } = groupWords(group, { month: format.longMonth, count: format.count, days });
  const words = t(`groups.${key}`, values);
  return (
    <Tag onRemove={onRemove} accessibilityLabel={words}>
      <span className={styles.chip}>{words}</span>
    </Tag>
  );
}
