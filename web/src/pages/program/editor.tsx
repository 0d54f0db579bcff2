import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../../api/client.ts';
import type { ProgramVersion } from '../../api/program.ts';
import { Banner, BlockStack, SaveBar, useExplain, useToast } from '../../ui/index.ts';
import { Calculator } from './calculator.tsx';
import { Clawback } from './clawback.tsx';
import { Confirm } from './confirm.tsx';
import { placeOfFault, same, withTiers } from './draft.rules.ts';
import styles from './program.module.css';
import { RulesCard } from './rules-card.tsx';
import { TiersCard } from './tiers-card.tsx';
import { type Draft, useDraft } from './use-draft.ts';

type Faults = { rules: Map<number, string>; tiers: string | undefined };

/** What the server did not take, by what it is about. */
function faultsOf(error: unknown): Faults {
  const fields = error instanceof ApiError ? ((error.details.fields ?? []) as { field: string; reason: string }[]) : [];
  const rules = new Map<number, string>();
  const tiers: string[] = [];
  for (const { field, reason } of fields) {
    const { kind, index } = placeOfFault(field);
    if (kind === 'rule') rules.set(index, reason);
    if (kind === 'level') tiers.push(reason);
  }
  return { rules, tiers: tiers[0] };
}

/** The program as it is being changed: nothing is in force before it is saved, all of it at once. */
export function ProgramEditor({ inForce }: { inForce: ProgramVersion }) {
  const { t } = useTranslation('program');
  const draft = useDraft(inForce);
  const say = useToast();
  const [asking, setAsking] = useState(false);
  const { rules, base, change } = draft;
  const faults = faultsOf(draft.error);
  const tiersChanged = !same(rules.tiers ?? null, base.rules.tiers ?? null);
  const save = (): void => {
    setAsking(false);
    draft.save(() => say(t(tiersChanged ? 'saved.tiers' : 'saved.rules')));
  };
  return (
    <BlockStack gap="400">
      <Trouble draft={draft} />
      <RulesCard rules={rules} faults={faults.rules} onChange={change} />
      <TiersCard
        tiers={rules.tiers}
        changed={tiersChanged}
        fault={faults.tiers}
        onChange={(tiers) => change((now) => withTiers(now, tiers))}
      />
      <Calculator rules={rules} />
      <Clawback value={rules.clawback} onChange={(clawback) => change((now) => ({ ...now, clawback }))} />
      <SaveBar
        dirty={draft.dirty}
        saving={draft.saving}
        onSave={() => (tiersChanged ? setAsking(true) : save())}
        onDiscard={draft.discard}
      />
      {asking && <Confirm rules={rules} saving={draft.saving} onSave={save} onClose={() => setAsking(false)} />}
    </BlockStack>
  );
}

/** Somebody else's change in between, or what kept the server from saving; led to, since the save bar is far from it. */
function Trouble({ draft: { conflict, error, loadNewest } }: { draft: Draft }) {
  const { t } = useTranslation('program');
  const explain = useExplain();
  const place = useRef<HTMLDivElement>(null);
  const troubled = conflict || error !== null;
  useEffect(() => {
    if (troubled) place.current?.focus();
  }, [troubled]);
  if (!troubled) return null;
  return (
    <div ref={place} tabIndex={-1} className={styles.trouble}>
      {conflict ? (
        <Banner
          tone="warning"
          title={t('conflict.title')}
          action={{ content: t('conflict.load'), onAction: () => void loadNewest() }}
        >
          {t('conflict.text')}
        </Banner>
      ) : (
        <Banner tone="critical" title={t('notSaved')}>
          {explain(error)}
        </Banner>
      )}
    </div>
  );
}
