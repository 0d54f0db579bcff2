import { Icon } from '@shopify/polaris';
import { AlertCircleIcon, CheckCircleIcon, ClockIcon, StopCircleIcon } from '@shopify/polaris-icons';

const MARKS = {
  done: { source: CheckCircleIcon, tone: 'success' },
  todo: { source: StopCircleIcon, tone: 'subdued' },
  running: { source: ClockIcon, tone: 'info' },
  failed: { source: AlertCircleIcon, tone: 'critical' },
} as const;

/** How far something is, at a glance; `label` says it in words. */
export function Mark({ state, label }: { state: keyof typeof MARKS; label: string }) {
  const { source, tone } = MARKS[state];
  return (
    <span>
      <Icon source={source} tone={tone} accessibilityLabel={label} />
    </span>
  );
}
