import type { ShopChange } from '../../api/settings.ts';
import type { ShopView } from '../../api/shop.ts';
import { parseDecimal } from '../../format/parse.ts';

/** The settings as they stand in the form: costs as typed, in what the merchant reads (per cent, toman). */
export type Draft = {
  locale: 'en' | 'fa';
  calendar: ShopView['calendar'];
  showToman: boolean;
  grossMargin: string;
  acquisitionCost: string;
  pointCost: string;
};
export type Cost = 'grossMargin' | 'acquisitionCost' | 'pointCost';
export const COSTS: readonly Cost[] = ['grossMargin', 'acquisitionCost', 'pointCost'];

/** Why what is typed cannot be taken. */
export type Fault = 'notNumber' | 'tooLow' | 'tooHigh' | 'notEmpty';

/** Currency units; the server takes no more. */
const MOST = 1_000_000;

/** How much of what is typed is one of the server's: per cents of a share, tomans of a rial. */
const scaleOf = (cost: Cost, inToman: boolean): number => (cost === 'grossMargin' ? 1 / 100 : inToman ? 10 : 1);

/** The most that can be typed. */
export const mostOf = (cost: Cost, inToman: boolean): number =>
  cost === 'grossMargin' ? 100 : MOST / scaleOf(cost, inToman);

/** As few decimals as say the same: 0.1 + 0.2 is not what anybody typed. */
const plain = (value: number): string => String(Number(value.toPrecision(12)));

const typed = (shop: ShopView, cost: Cost, inToman: boolean): string => {
  const value = shop.economics[cost];
  return value === null ? '' : plain(value / scaleOf(cost, inToman));
};

/** What the form begins with. */
export function draftOf(shop: ShopView): Draft {
  const inToman = shop.showToman;
  return {
    locale: shop.locale.startsWith('fa') ? 'fa' : 'en',
    calendar: shop.calendar,
    showToman: inToman,
    grossMargin: typed(shop, 'grossMargin', inToman),
    acquisitionCost: typed(shop, 'acquisitionCost', inToman),
    pointCost: typed(shop, 'pointCost', inToman),
  };
}

/** What is wrong with a typed cost; null: nothing. Empty is fine as long as it was never given. */
export function faultOf(shop: ShopView, draft: Draft, cost: Cost): Fault | null {
  const text = draft[cost].trim();
  if (text === '') return shop.economics[cost] === null ? null : 'notEmpty';
  const value = parseDecimal(text);
  if (value === null) return 'notNumber';
  if (value < 0) return 'tooLow';
  return value > mostOf(cost, shop.showToman) ? 'tooHigh' : null;
}

/** What is to be sent: only what differs from the shop; null: nothing does, or something cannot be taken. */
export function changeOf(shop: ShopView, draft: Draft): ShopChange | null {
  if (COSTS.some((cost) => faultOf(shop, draft, cost) !== null)) return null;
  const was = draftOf(shop);
  const costs = COSTS.flatMap((cost) => {
    const value = parseDecimal(draft[cost]);
    if (value === null || value === parseDecimal(was[cost])) return [];
    return [[cost, Number((value * scaleOf(cost, shop.showToman)).toPrecision(12))] as const];
  });
  const change: ShopChange = {
    ...(draft.locale === was.locale ? {} : { locale: draft.locale }),
    ...(draft.calendar === was.calendar ? {} : { calendar: draft.calendar }),
    ...(draft.showToman === was.showToman ? {} : { showToman: draft.showToman }),
    ...(costs.length === 0 ? {} : { economics: Object.fromEntries(costs) }),
  };
  return Object.keys(change).length === 0 ? null : change;
}

/** Whether anything was touched, also what cannot be taken. */
export function isDirty(shop: ShopView, draft: Draft): boolean {
  const was = draftOf(shop);
  return (Object.keys(was) as (keyof Draft)[]).some((field) => was[field] !== draft[field]);
}
