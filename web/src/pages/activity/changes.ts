import type { Format } from '../../format/format.ts';

/** One field that is another than before, in words; null: there was nothing, or there is nothing any more. */
export type Change = { field: string; from: string | null; to: string | null };

/** Names of fields and of usual values in the reader's language; null: there is none, the raw one is shown. */
export type Words = { field: (name: string) => string | null; value: (value: string) => string | null };

type Facts = Record<string, unknown>;
/** Longer than this nobody reads in a log. */
const LONGEST = 120;
/** How the log keeps what is shown otherwise: shares in ten-thousandths, a point's cost in thousandths of a minor unit. */
const SHARE = 10_000;
const POINT = 1_000;
/** Epoch milliseconds from 2001 on, which no count or amount of a log reaches by accident where the name says "when". */
const WHEN = /(?:At|From|Until|on)$/;

const isFacts = (value: unknown): value is Facts =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const same = (a: unknown, b: unknown): boolean => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);
const cut = (text: string): string => (text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text);

/** Minor units of a currency unit, as the shop's money is counted. */
const unitOf = (currency: string): number => {
  if (currency === 'IRR' || currency === 'IRT') return 1;
  const { maximumFractionDigits = 2 } = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions();
  return 10 ** maximumFractionDigits;
};

function numberText(name: string, value: number, format: Format): string {
  const unit = unitOf(format.habits.currency);
  if (name === 'grossMargin') return format.percent(value / SHARE, 2);
  if (name === 'acquisitionCost') return format.money(value / unit);
  if (name === 'pointCost') return format.money(value / unit / POINT);
  if (WHEN.test(name) && value > 1e12) return format.instant(value);
  return format.decimal(value, 4);
}

function textOf(name: string, value: unknown, words: Words, format: Format): string | null {
  if (value === null || value === undefined || value === '') return null;
  if (typeof value === 'boolean') return words.value(value ? 'yes' : 'no');
  if (typeof value === 'number') return numberText(name, value, format);
  if (typeof value === 'string') return words.value(value) ?? cut(value);
  if (Array.isArray(value) && value.every((one) => typeof one === 'string'))
    return value.length === 0 ? null : cut(value.map((one) => words.value(one) ?? one).join(', '));
  return cut(JSON.stringify(value));
}

/** What differs between two states that the audit log keeps, field by field, in the order in which they stand there. */
export function changesOf(before: unknown, after: unknown, words: Words, format: Format): Change[] {
  const was = isFacts(before) ? before : {};
  const is = isFacts(after) ? after : {};
  const names = [...new Set([...Object.keys(was), ...Object.keys(is)])];
  return names.flatMap((name) => {
    if (same(was[name], is[name])) return [];
    const [from, to] = [textOf(name, was[name], words, format), textOf(name, is[name], words, format)];
    return from === to ? [] : [{ field: words.field(name) ?? name, from, to }];
  });
}

/** Who did something: a kind of actor and its own id. The raw text where it is of no known kind. */
export function actorOf(actor: string): { kind: string; id: string } {
  const at = actor.indexOf(':');
  return at < 0 ? { kind: actor, id: '' } : { kind: actor.slice(0, at), id: actor.slice(at + 1) };
}
