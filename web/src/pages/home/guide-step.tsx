import { useTranslation } from 'react-i18next';
import { useFormat } from '../../format/provider.tsx';
import { Badge, Button, InlineStack, Mark, Text } from '../../ui/index.ts';
import styles from './guide.module.css';
import type { Step, StepState } from './guide-steps.ts';

const BADGES: Partial<Record<StepState, 'critical' | 'info' | undefined>> = {
  failed: 'critical',
  running: 'info',
  absent: undefined,
};

/** One step: its state in words, what it is for, and the way there. */
export function GuideStep({ step, onReviewed }: { step: Step; onReviewed: () => void }) {
  const { t } = useTranslation('home');
  const format = useFormat();
  const { name, state, progress, url } = step;
  const badge = BADGES[state];
  const done = progress && progress.done > 0 ? format.count(progress.done) : null;
  const of = progress?.total ? format.count(progress.total) : null;
  return (
    <li className={styles.step}>
      <div className={styles.mark}>
        <Mark state={state === 'absent' ? 'todo' : state} label={t(`guide.state.${state}`)} />
      </div>
      <div className={styles.words}>
        <InlineStack gap="200" blockAlign="center">
          <Text as="h3" variant="bodyMd" fontWeight="semibold">
            {t(`guide.${name}.title`)}
          </Text>
          {state in BADGES && <Badge {...(badge ? { tone: badge } : {})}>{t(`guide.state.${state}`)}</Badge>}
          {done !== null && (
            <Text as="span" variant="bodySm" tone="subdued">
              {of === null ? t('guide.read', { done }) : t('guide.readOf', { done, of })}
            </Text>
          )}
        </InlineStack>
        <Text as="p" tone="subdued">
          {t(`guide.${name}.text`)}
        </Text>
      </div>
      {state !== 'done' && url !== null && (
        <div className={styles.actions}>
          {name === 'program' && (
            <Button variant="tertiary" onClick={onReviewed}>
              {t('guide.program.fine')}
            </Button>
          )}
          <Button url={url} accessibilityLabel={`${t('guide.open')}: ${t(`guide.${name}.title`)}`}>
            {t('guide.open')}
          </Button>
        </div>
      )}
    </li>
  );
}
