import { useTranslation } from 'react-i18next';
import { useExplain, useToast } from '../../../ui/index.ts';

/** What is said after a change of the customer: that it is done, with a way back, or why it was not. */
export function useSay() {
  const { t } = useTranslation('customer');
  const { t: common } = useTranslation();
  const explain = useExplain();
  const say = useToast();
  return {
    done: (text: string, undo?: () => void): void =>
      say(text, undo ? { undo: { label: common('actions.undo'), act: undo } } : {}),
    failed: (error: unknown): void => say(t('failed', { why: explain(error) }), { isError: true }),
  };
}
