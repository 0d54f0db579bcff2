import type { TierLevel, TierProgram } from '../../api/program.ts';
import { type MoneyHabit, minorOfTyped, typedOfMinor, wholeOfTyped } from '../../format/minor.ts';
import { parseDecimal } from '../../format/parse.ts';

export type Metric = TierProgram['metric'];

/** A level as it is typed; without a Persian name the other one stands for both. */
export type LevelForm = {
  /** Empty: the level is new. */
  id: string;
  en: string;
  fa: string;
  threshold: string;
  factor: string;
  entryBonus: string;
  freeShipping: boolean;
  exclusiveRewards: boolean;
  earlyAccessTag: string;
  birthdayBonus: string;
  gift: string;
};
export type LevelFaults = Partial<Record<keyof LevelForm, string>>;

const MOST_POINTS = 1_000_000_000;

export const newLevel = (): LevelForm => ({
  id: '',
  en: '',
  fa: '',
  threshold: '',
  factor: '1',
  entryBonus: '0',
  freeShipping: false,
  exclusiveRewards: false,
  earlyAccessTag: '',
  birthdayBonus: '0',
  gift: '',
});

const typedThreshold = (threshold: number, metric: Metric, habit: MoneyHabit): string =>
  metric === 'spend' ? typedOfMinor(threshold, habit) : String(threshold);

/** What is typed for a level. */
export function formOfLevel({ perks, ...level }: TierLevel, metric: Metric, habit: MoneyHabit): LevelForm {
  const name = typeof level.name === 'string' ? { en: level.name, fa: '' } : level.name;
  return {
    id: level.id,
    en: name.en,
    fa: name.fa,
    entryBonus: String(level.entryBonus),
    threshold: typedThreshold(level.threshold, metric, habit),
    factor: String(level.percent / 100),
    freeShipping: perks.freeShipping,
    exclusiveRewards: perks.exclusiveRewards,
    earlyAccessTag: perks.earlyAccessTag ?? '',
    birthdayBonus: String(perks.birthdayBonus),
    gift: perks.gift ?? '',
  };
}

/** An id of letters and digits that no other level has; it stays when the level is renamed. */
function idFor(name: string, taken: readonly string[]): string {
  const plain = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+|-+$/g, '')
    .slice(0, 30);
  const base = plain === '' ? 'tier' : plain;
  let id = base;
  for (let n = 2; taken.includes(id); n += 1) id = `${base}-${n}`;
  return id;
}

type Around = { metric: Metric; habit: MoneyHabit; others: readonly TierLevel[] };

/** The level that was typed, or what is wrong with which field. `others`: the levels beside it. */
export function levelOfForm(
  form: LevelForm,
  { metric, habit, others }: Around,
): { level: TierLevel } | { faults: LevelFaults } {
  const faults: LevelFaults = {};
  const points = (field: 'entryBonus' | 'birthdayBonus'): number => {
    const value = form[field].trim() === '' ? 0 : wholeOfTyped(form[field]);
    if (value === null || value < 0 || value > MOST_POINTS) faults[field] = 'points';
    return value ?? 0;
  };
  const [en, fa] = [form.en.trim(), form.fa.trim()];
  if (en === '' || en.length > 80) faults.en = 'name';
  if (fa.length > 80) faults.fa = 'name';
  const threshold = metric === 'spend' ? minorOfTyped(form.threshold, habit) : wholeOfTyped(form.threshold);
  if (threshold === null || threshold < 0) faults.threshold = metric === 'spend' ? 'thresholdMoney' : 'threshold';
  else if (others.some((other) => other.threshold === threshold)) faults.threshold = 'thresholdTaken';
  const percent = Math.round((parseDecimal(form.factor) ?? 0) * 1e4) / 100;
  if (!Number.isInteger(percent) || percent < 100 || percent > 10_000) faults.factor = 'factor';
  const entryBonus = points('entryBonus');
  if (threshold === 0 && entryBonus > 0) faults.entryBonus = 'baseBonus';
  const tag = form.earlyAccessTag.trim();
  if (tag.length > 255) faults.earlyAccessTag = 'long';
  const gift = form.gift.trim();
  if (gift.length > 500) faults.gift = 'long';
  const perks = {
    freeShipping: form.freeShipping,
    earlyAccessTag: tag === '' ? null : tag,
    birthdayBonus: points('birthdayBonus'),
    exclusiveRewards: form.exclusiveRewards,
    gift: gift === '' ? null : gift,
  };
  if (Object.keys(faults).length > 0) return { faults };
  const id =
    form.id === ''
      ? idFor(
          en,
          others.map((other) => other.id),
        )
      : form.id;
  const name = fa === '' ? en : { en, fa };
  return { level: { id, name, threshold: threshold ?? 0, percent, entryBonus, perks } };
}

/** Levels from the lowest threshold up, with one of them put in or replaced. */
export const withLevel = (levels: readonly TierLevel[], level: TierLevel): TierLevel[] =>
  [...levels.filter(({ id }) => id !== level.id), level].sort((a, b) => a.threshold - b.threshold);

/** Another metric keeps the numbers that the merchant sees: 500 points become 500 currency units, not 500 cents. */
export function withMetric(tiers: TierProgram, metric: Metric, habit: MoneyHabit): TierProgram {
  const money = (one: Metric): boolean => one === 'spend';
  if (money(metric) === money(tiers.metric)) return { ...tiers, metric };
  const unit = minorOfTyped('1', habit) ?? 1;
  const scaled = (threshold: number): number =>
    money(metric) ? threshold * unit : Math.max(threshold > 0 ? 1 : 0, Math.round(threshold / unit));
  const levels = tiers.levels.map((level) => ({ ...level, threshold: scaled(level.threshold) }));
  // Thresholds that lay closer than one unit would fall together: then each is one more than the one before.
  let least = 0;
  const rising = levels.map((level) => {
    const threshold = Math.max(level.threshold, least);
    least = threshold + 1;
    return { ...level, threshold };
  });
  return { ...tiers, metric, levels: rising };
}

/** Three levels to begin with. */
export function usualTiers(): TierProgram {
  const perks = { freeShipping: false, earlyAccessTag: null, birthdayBonus: 0, exclusiveRewards: false, gift: null };
  const level = (id: string, en: string, fa: string, threshold: number, percent: number, entryBonus: number) => ({
    id,
    name: { en, fa },
    threshold,
    percent,
    entryBonus,
    perks,
  });
  return {
    enabled: true,
    metric: 'earned',
    window: 'rolling-12-months',
    graceDays: 30,
    levels: [
      level('bronze', 'Bronze', 'برنزی', 0, 100, 0),
      level('silver', 'Silver', 'نقره‌ای', 500, 125, 50),
      level('gold', 'Gold', 'طلایی', 1500, 150, 150),
    ],
  };
}
