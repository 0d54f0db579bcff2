import { scaleLinear } from '@visx/scale';
import { LinePath } from '@visx/shape';
import { useDirection } from '../i18n/direction.ts';
import styles from './charts.module.css';
import { isolate } from './isolate.ts';
import { useWidth } from './size.ts';
import type { Point, Series } from './types.ts';

const HEIGHT = 220;
const AXIS = 24;
/** Room for the number on the uppermost line. */
const TOP = 18;
const TICKS = 4;
const LABEL_WIDTH = 84;

type Band = { from: number; to: number; name: string };
type Props = {
  /** What the chart shows, for screen readers; the same figures belong in a table beside it. */
  label: string;
  /** Lines over the same keys. */
  series: readonly Series[];
  format: (value: number) => string;
  /** A published band, drawn behind the lines: never the shop's own figure. */
  band?: Band;
};

const valuesOf = (series: readonly Series[]): number[] =>
  series.flatMap(({ points }) => points.flatMap(({ value }) => (value === null ? [] : [value])));

/** Lines over time. Time runs in the direction of reading; a month without a value is a gap. */
export function Lines({ label, series, format, band }: Props) {
  const rtl = useDirection() === 'rtl';
  const { ref, width } = useWidth();
  const points = series[0]?.points ?? [];
  const values = [...valuesOf(series), ...(band ? [band.from, band.to] : [])];
  const x = scaleLinear({ domain: [0, Math.max(1, points.length - 1)], range: rtl ? [width - 8, 8] : [8, width - 8] });
  const y = scaleLinear({
    domain: [Math.min(0, ...values), Math.max(...values, 0.0001)],
    range: [HEIGHT - AXIS, TOP],
    nice: true,
  });
  const every = Math.max(1, Math.ceil((points.length * LABEL_WIDTH) / Math.max(1, width)));
  const anchor = (at: number) =>
    at === 0 ? (rtl ? 'end' : 'start') : at === points.length - 1 ? (rtl ? 'start' : 'end') : 'middle';
  return (
    <div ref={ref} className={styles.frame} style={{ blockSize: HEIGHT }}>
      {width > 0 && (
        <svg width={width} height={HEIGHT} role="img" aria-label={label} direction="ltr">
          {band && (
            <rect x={0} width={width} y={y(band.to)} height={y(band.from) - y(band.to)} className={styles.band}>
              <title>{band.name}</title>
            </rect>
          )}
          {y.ticks(TICKS).map((tick) => (
            <g key={tick}>
              <line x1={0} x2={width} y1={y(tick)} y2={y(tick)} className={styles.grid} />
              <text x={rtl ? width : 0} y={y(tick) - 4} className={styles.tick} textAnchor={rtl ? 'end' : 'start'}>
                {isolate(format(tick))}
              </text>
            </g>
          ))}
          {points.map(({ key, label: text }, at) =>
            at % every === 0 ? (
              <text key={key} x={x(at)} y={HEIGHT - 6} className={styles.tick} textAnchor={anchor(at)}>
                {isolate(text)}
              </text>
            ) : null,
          )}
          {series.map(({ name, tone, points: line }) => (
            <g key={name}>
              <LinePath<Point>
                data={[...line]}
                x={(_, at) => x(at)}
                y={({ value }) => y(value ?? 0)}
                defined={({ value }) => value !== null}
                className={styles[`${tone}Line`] ?? ''}
              />
              {line.map(({ key, label: text, value }, at) =>
                value === null ? null : (
                  <circle key={key} cx={x(at)} cy={y(value)} r={3} className={styles[tone]}>
                    <title>{`${name}, ${text}: ${format(value)}`}</title>
                  </circle>
                ),
              )}
            </g>
          ))}
        </svg>
      )}
    </div>
  );
}
