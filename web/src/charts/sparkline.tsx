import { scaleLinear } from '@visx/scale';
import { LinePath } from '@visx/shape';
import { useDirection } from '../i18n/direction.ts';
import styles from './charts.module.css';

const WIDTH = 120;
const HEIGHT = 32;
const PAD = 3;

/** The course of a figure at a glance; time runs in the direction of reading. The figure itself stands beside it. */
export function Sparkline({ values, label }: { values: readonly (number | null)[]; label: string }) {
  const rtl = useDirection() === 'rtl';
  const known = values.flatMap((value, at) => (value === null ? [] : [{ at, value }]));
  if (known.length < 2) return <div className={styles.spark} aria-hidden="true" />;
  const x = scaleLinear({ domain: [0, values.length - 1], range: rtl ? [WIDTH - PAD, PAD] : [PAD, WIDTH - PAD] });
  const all = known.map(({ value }) => value);
  const y = scaleLinear({ domain: [Math.min(...all), Math.max(...all)], range: [HEIGHT - PAD, PAD] });
  const last = known.at(-1);
  return (
    <svg className={styles.spark} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={label} direction="ltr">
      <LinePath data={known} x={({ at }) => x(at)} y={({ value }) => y(value)} className={styles.line ?? ''} />
      {last && <circle cx={x(last.at)} cy={y(last.value)} r={2.5} className={styles.dot} />}
    </svg>
  );
}
