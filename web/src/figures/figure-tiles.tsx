import { useTranslation } from 'react-i18next';
import type { Kpis, Trend, TrendMonth } from '../api/numbers.ts';
import { Sparkline } from '../charts/sparkline.tsx';
import { useFormat } from '../format/provider.tsx';
import type { Range } from '../range/range.ts';
import type { Chosen } from '../range/use-range.ts';
import { groupLink, Tile, Tiles } from '../ui/index.ts';
import type { Figure, FigureName } from './figures.ts';
import { useWrite } from './use-write.ts';

/** What figures are read from; a part that is not there yet is undefined, one that failed is null. */
export type Sources = {
  chosen: Chosen | null;
  now: Kpis | null | undefined;
  before: Kpis | null | undefined;
  trend: Trend | null | undefined;
};

/** Months that are over: an unfinished one would look like a fall. */
export const wholeMonths = (trend: Trend | null | undefined): TrendMonth[] =>
  trend?.months.filter(({ complete }) => complete) ?? [];

/** What a published figure says beside ours, and where it comes from. */
export function useBand(): (name: FigureName) => { text: string; source: string } {
  const { t } = useTranslation('figures');
  return (name) => ({ text: t(`band.${name}`), source: t(`source.${name}`) });
}

/** The value of a figure, and the one before it: null where it is not known, undefined while it is on its way. */
function valuesOf(figure: Figure, { now, before, trend }: Sources) {
  if (figure.of === 'month') {
    if (trend === undefined) return { value: undefined, earlier: undefined };
    const [earlier, last] = [undefined, undefined, ...wholeMonths(trend)].slice(-2);
    return { value: last ? figure.course(last) : null, earlier: earlier ? figure.course(earlier) : null };
  }
  const value = now && figure.value(now);
  return { value, earlier: before && figure.value(before) };
}

function FigureTile({ figure, sources }: { figure: Figure; sources: Sources }) {
  const { t } = useTranslation('figures');
  const format = useFormat();
  const write = useWrite();
  const band = useBand();
  const { name, kind, better, course, banded } = figure;
  const { value, earlier } = valuesOf(figure, sources);
  // Nothing is wrong: the cost of a point has not been given yet.
  const hint = name === 'liability' && value === null;
  const months = wholeMonths(sources.trend);
  const [previous, last] = [undefined, undefined, ...months].slice(-2);
  const { chosen } = sources;
  const days = ({ from, to }: Range) => `${format.shortDay(from)} – ${format.day(to)}`;
  const against = figure.of === 'month' ? previous && format.month(previous.key) : chosen && days(chosen.previous);
  const who = figure.of === 'month' ? last && figure.who(last) : chosen && figure.who(chosen.range);
  const [first] = months;
  const words = { name: t(`name.${name}`), from: first && format.month(first.key), to: last && format.month(last.key) };
  return (
    <Tile
      name={words.name}
      value={value === undefined ? undefined : write.value(kind, value)}
      of={hint ? t('hint.liability') : figure.of === 'month' && last ? format.month(last.key) : undefined}
      change={
        value === undefined || earlier === undefined || hint
          ? undefined
          : {
              change: write.change(kind, { now: value, before: earlier, better }),
              against: against ? t('against', { days: against }) : '',
            }
      }
      spark={course && <Sparkline values={months.map(course)} label={t('byMonth', words)} />}
      definition={t(`definition.${name}`)}
      band={banded && band(name)}
      customers={who ? groupLink(who) : undefined}
    />
  );
}

/** Figures as tiles. */
export function FigureTiles({ figures, sources }: { figures: readonly Figure[]; sources: Sources }) {
  return (
    <Tiles>
      {figures.map((figure) => (
        <FigureTile key={figure.name} figure={figure} sources={sources} />
      ))}
    </Tiles>
  );
}
