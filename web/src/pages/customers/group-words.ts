/** What says a group of customers in words: a text's key, and what stands in it. */
export type GroupWords = { key: string; values: Record<string, string> };
type Writers = { month: (key: string) => string; count: (value: number) => string; days: string };

/**
 * The words of a group (contracts/groups.ts), such as "First order in March 2026 (cohort)". An unknown one is named as it is
 * written.
 */
export function groupWords(group: string, { month, count, days }: Writers): GroupWords {
  const [name = '', first = '', second = ''] = group.split(':');
  const rest = group.slice(name.length + 1);
  switch (name) {
    case 'buyers':
    case 'new':
    case 'returning':
    case 'repeat-in-range':
    case 'top20':
      return { key: name, values: { days } };
    case 'ever':
    case 'repeat':
    case 'points':
      return { key: name, values: {} };
    case 'orders': {
      const more = first.endsWith('+');
      return { key: more ? 'ordersOrMore' : 'orders', values: { n: count(Number.parseInt(first, 10)) } };
    }
    case 'cohort':
      return second === ''
        ? { key: 'cohort', values: { month: month(first) } }
        : { key: 'cohortLater', values: { month: month(first), n: count(Number(second)) } };
    case 'month':
      return { key: second === '' ? 'month' : `month-${second}`, values: { month: month(first) } };
    case 'gap': {
      const [least = '', most = ''] = first.split('-');
      return most === ''
        ? { key: 'gapOrMore', values: { from: count(Number(least)) } }
        : { key: 'gap', values: { from: count(Number(least)), to: count(Number(most)) } };
    }
    case 'rfm-score': {
      const [r = '', f = ''] = first.split('-');
      return { key: 'rfmScore', values: { r: count(Number(r)), f: count(Number(f)) } };
    }
    case 'channel':
    case 'source':
      return { key: name, values: { name: rest, days } };
    default:
      return { key: 'unknown', values: { name: group } };
  }
}
