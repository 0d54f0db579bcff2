import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Effect, type EffectDecision, useDecide } from '../../api/activity.ts';
import { Button, Confirm, InlineStack, useExplain, useToast } from '../../ui/index.ts';

type Props = {
  effect: Effect;
  /** What it is, in words. */
  what: string;
  /** Since when, in words: two of a kind have to be told apart by a screen reader. */
  at: string;
};

/** What a person says of what failed (do it again) or is in doubt (that, or it happened), once they have said that they mean it. */
export function Decide({ effect: { id, state }, what, at }: Props) {
  const { t } = useTranslation('activity');
  const { mutate, isPending } = useDecide();
  const say = useToast();
  const explain = useExplain();
  const [asking, setAsking] = useState<EffectDecision | null>(null);
  const close = (): void => setAsking(null);
  const decide = (how: EffectDecision): void =>
    mutate(
      { id, how },
      {
        onSuccess: () => say(t(`outgoing.${how}Said`)),
        onError: (error) => say(explain(error), { isError: true }),
        onSettled: close,
      },
    );
  const isDoubtful = state === 'doubtful';
  // A name or code keeps its own direction within the sentence.
  const apart = `\u2068${what}\u2069`;
  return (
    <>
      <InlineStack gap="200">
        {isDoubtful && (
          <Button
            accessibilityLabel={t('outgoing.happenedOne', { what: apart, at })}
            onClick={() => setAsking('happened')}
          >
            {t('outgoing.happened')}
          </Button>
        )}
        <Button accessibilityLabel={t('outgoing.againOne', { what: apart, at })} onClick={() => setAsking('again')}>
          {t('outgoing.again')}
        </Button>
      </InlineStack>
      <Confirm
        open={asking === 'again'}
        title={t('outgoing.againTitle')}
        text={t(isDoubtful ? 'outgoing.againDoubtful' : 'outgoing.againFailed', { what: apart })}
        action={t('outgoing.again')}
        busy={isPending}
        onConfirm={() => decide('again')}
        onClose={close}
      />
      <Confirm
        open={asking === 'happened'}
        title={t('outgoing.happenedTitle')}
        text={t('outgoing.happenedText', { what: apart })}
        action={t('outgoing.happened')}
        busy={isPending}
        onConfirm={() => decide('happened')}
        onClose={close}
      />
    </>
  );
}
