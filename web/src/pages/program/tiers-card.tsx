import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TierProgram } from '../../api/program.ts';
import { useFormat } from '../../format/provider.tsx';
import { Banner, BlockStack, Button, Card, Checkbox, Empty, InlineStack, Text, useToast } from '../../ui/index.ts';
import { LevelModal } from './level-modal.tsx';
import { LevelTable } from './level-table.tsx';
import { TierTerms } from './tier-terms.tsx';
import { formOfLevel, type LevelForm, newLevel, usualTiers, withLevel } from './tiers.form.ts';
import { TiersPreview } from './tiers-preview.tsx';
import { usePlace } from './use-place.ts';

type Props = {
  tiers: TierProgram | undefined;
  /** Whether they differ from those in force. */
  changed: boolean;
  fault: string | undefined;
  onChange: (tiers: TierProgram | undefined) => void;
};

/** The levels that members rise through, and what each gives. */
export function TiersCard({ tiers, changed, fault, onChange }: Props) {
  const { t } = useTranslation('program');
  return (
    <Card>
      <BlockStack gap="400">
        <Text as="h2" variant="headingMd">
          {t('tiers.title')}
        </Text>
        {fault !== undefined && <Banner tone="critical">{fault}</Banner>}
        {tiers ? (
          <Levels tiers={tiers} changed={changed} onChange={onChange} />
        ) : (
          <Empty
            title={t('tiers.empty.title')}
            text={t('tiers.empty.text')}
            action={{ label: t('tiers.empty.action'), onClick: () => onChange(usualTiers()) }}
          />
        )}
      </BlockStack>
    </Card>
  );
}

type LevelsProps = Pick<Props, 'changed' | 'onChange'> & { tiers: TierProgram };

function Levels({ tiers, changed, onChange }: LevelsProps) {
  const { t } = useTranslation('program');
  const { t: common } = useTranslation();
  const { place } = usePlace();
  const [edited, setEdited] = useState<LevelForm | null>(null);
  const [terms, setTerms] = useState(false);
  const say = useToast();
  const remove = (id: string): void => {
    const levels = tiers.levels.filter((level) => level.id !== id);
    onChange(levels.length === 0 ? undefined : { ...tiers, levels });
    say(t('tiers.removed'), { undo: { label: common('actions.undo'), act: () => onChange(tiers) } });
  };
  return (
    <BlockStack gap="400">
      <InlineStack align="space-between" blockAlign="center" gap="200">
        <Checkbox
          label={t('tiers.enabled')}
          helpText={t(tiers.enabled ? 'tiers.enabledHelp' : 'tiers.disabledHelp')}
          checked={tiers.enabled}
          onChange={(enabled) => onChange({ ...tiers, enabled })}
        />
        <Button onClick={() => setEdited(newLevel())} disabled={tiers.levels.length >= 20}>
          {t('tiers.add')}
        </Button>
      </InlineStack>
      <LevelTable
        tiers={tiers}
        onEdit={(level) => setEdited(formOfLevel(level, tiers.metric, place))}
        onRemove={remove}
      />
      <TermsLine tiers={tiers} onEdit={() => setTerms(true)} />
      <TiersPreview tiers={tiers} changed={changed} />
      {edited && (
        <LevelModal
          start={edited}
          tiers={tiers}
          onDone={(level) => onChange({ ...tiers, levels: withLevel(tiers.levels, level) })}
          onClose={() => setEdited(null)}
        />
      )}
      {terms && <TierTerms tiers={tiers} onDone={onChange} onClose={() => setTerms(false)} />}
    </BlockStack>
  );
}

/** How levels are reached and kept, as a sentence. */
function TermsLine({ tiers, onEdit }: { tiers: TierProgram; onEdit: () => void }) {
  const { t } = useTranslation('program');
  const format = useFormat();
  const words = t('tiers.terms', {
    metric: t(`metrics.${tiers.metric}`),
    window: t(`windows.${tiers.window}`),
    grace: t('tiers.grace', { count: tiers.graceDays, n: format.count(tiers.graceDays) }),
  });
  return (
    <InlineStack gap="300" blockAlign="center">
      <Text as="p">{words}</Text>
      <Button variant="plain" onClick={onEdit}>
        {t('tiers.editTerms')}
      </Button>
    </InlineStack>
  );
}
