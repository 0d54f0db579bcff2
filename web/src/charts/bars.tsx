import { scaleBand, scaleLinear } from '@visx/scale';
import { useDirection } from '../i18n/direction.ts';
import styles from './charts.module.css';
import { isolate } from './isolate.ts';
import { useWidth } from './size.ts';
import type { Series } from './types.ts';

const HEIGHT = 220;
const AXIS = 24;
/** Room for the number on the uppermost line. */
const TOP = 18;
const TICKS = 4;
const LABEL_WIDTH = 84;

type Props = {
  /** What the chart shows, for screen readers; the same figures belong in a table beside it. */
  label: string;
  /** Bars that stand on one another; all of the same keys. */
  series: readonly Series[];
  format: (value: number) => string;
  onPick?: (key: string) => void;
};

/** Stacked bars over time. Time runs in the direction of reading. */
export function Bars({ label, series, format, onPick }: Props) {
  const rtl = useDirection() === 'rtl';
  const { ref, width } = useWidth();
  const keys = series[0]?.points.map(({ key }) => key) ?? [];
  const labels = new Map(series[0]?.points.map((point) => [point.key, point.label]));
  const sums = keys.map((_, at) => series.reduce((sum, { points }) => sum + (points[at]?.value ?? 0), 0));
  const x = scaleBand({ domain: [...keys], range: rtl ? [width, 0] : [0, width], padding: 0.25 });
  const y = scaleLinear({ domain: [0, Math.max(1, ...sums)], range: [HEIGHT - AXIS, TOP], nice: true });
  const every = Math.max(1, Math.ceil((keys.length * LABEL_WIDTH) / Math.max(1, width)));
  return (
    <div ref={ref} className={styles.frame} style={{ blockSize: HEIGHT }}>
      {width > 0 && (
        <svg width={width} height={HEIGHT} role="img" aria-label={label} direction="ltr">
          {y.ticks(TICKS).map((tick) => (
            <g key={tick}>
              <line x1={0} x2={width} y1={y(tick)} y2={y(tick)} className={styles.grid} />
              <text x={rtl ? width : 0} y={y(tick) - 4} className={styles.tick} textAnchor={rtl ? 'end' : 'start'}>
                {isolate(format(tick))}
              </text>
            </g>
          ))}
          {keys.map((key, at) => {
            let base = 0;
            return (
              // biome-ignore lint/a11y/noStaticElementInteractions: the table beside it offers the same by keyboard
              <g key={key} className={onPick ? styles.pick : undefined} onClick={() => onPick?.(key)}>
                <title>{`${labels.get(key)}: ${series.map(({ name, points }) => `${name} ${format(points[at]?.value ?? 0)}`).join(', ')}`}</title>
                {series.map(({ name, tone, points }) => {
                  const value = points[at]?.value ?? 0;
                  const top = y(base + value);
                  const height = y(base) - top;
                  base += value;
                  return (
                    <rect
                      key={name}
                      x={x(key) ?? 0}
                      y={top}
                      width={x.bandwidth()}
                      height={height}
                      className={styles[tone]}
                    />
                  );
                })}
                {at % every === 0 && (
                  <text
                    x={(x(key) ?? 0) + x.bandwidth() / 2}
                    y={HEIGHT - 6}
                    className={styles.tick}
                    textAnchor="middle"
                  >
                    {isolate(labels.get(key) ?? '')}
                  </text>
                )}
              </g>
            );
          })}
        </svg>
      )}
    </div>
  );
}
