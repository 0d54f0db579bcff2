import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { type EffectState, useEffects } from '../../api/activity.ts';
import { Empty, LoadedPages, PageSection, Select } from '../../ui/index.ts';
import styles from './activity.module.css';
import { OutgoingOne } from './outgoing-one.tsx';

const STATES = ['queued', 'doing', 'done', 'failed', 'doubtful', 'withdrawn'] as const satisfies EffectState[];

/** Which state is shown, from the address (`?state=…`); null: what needs a look, failed or in doubt. */
function useShown(): { shown: EffectState | null; show: (next: EffectState | null) => void } {
  const [params, setParams] = useSearchParams();
  const shown = STATES.find((state) => state === params.get('state')) ?? null;
  const show = (next: EffectState | null): void =>
    setParams((before) => {
      const after = new URLSearchParams(before);
      if (next === null) after.delete('state');
      else after.set('state', next);
      return after;
    });
  return { shown, show };
}

/** What Bazgasht does outside: what, since when, why it is not done, and what a person says of it. */
export function Outgoing() {
  const { t } = useTranslation('activity');
  const { shown, show } = useShown();
  const options = [
    { label: t('outgoing.open'), value: '' },
    ...STATES.map((state) => ({ label: t(`outgoing.states.${state}`), value: state })),
  ];
  const none =
    shown === null ? (
      <Empty
        title={t('outgoing.noneTitle')}
        text={t('outgoing.noneText')}
        action={{ label: t('outgoing.noneAction'), onClick: () => show('queued') }}
      />
    ) : (
      <Empty
        title={t('outgoing.noneOfTitle')}
        text={t('outgoing.noneOfText', { state: t(`outgoing.states.${shown}`) })}
        action={{ label: t('outgoing.noneOfAction'), onClick: () => show(null) }}
      />
    );
  return (
    <PageSection title={t('outgoing.title')} text={t('outgoing.text')} room={28}>
      <div className={styles.filter}>
        <Select
          label={t('outgoing.show')}
          options={options}
          value={shown ?? ''}
          onChange={(value) => show(STATES.find((state) => state === value) ?? null)}
        />
      </div>
      <LoadedPages key={shown} query={useEffects(shown)} none={none} more={t('outgoing.more')}>
        {(items) => (
          <ul className={styles.list}>
            {items.map((effect) => (
              <OutgoingOne key={effect.id} effect={effect} />
            ))}
          </ul>
        )}
      </LoadedPages>
    </PageSection>
  );
}
