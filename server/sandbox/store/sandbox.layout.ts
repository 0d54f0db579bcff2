import { escaped } from '../../shared/html.ts';
import { displayMoney } from '../../shared/money.ts';
import { directionOf, type Locale } from '../../words/locales.ts';
import { textsOf } from '../../words/said/texts.ts';

/** Cents as a shopper reads them. */
export const money = (cents: number, locale: Locale): string => displayMoney(cents, 'USD', { locale });

const formats = {
  en: new Intl.DateTimeFormat('en-US', { dateStyle: 'medium', timeStyle: 'short', timeZone: 'America/New_York' }),
  fa: new Intl.DateTimeFormat('fa-IR', { dateStyle: 'medium', timeStyle: 'short', timeZone: 'America/New_York' }),
};
/** An instant by the store's wall clock, in the reader's calendar. */
export const moment = (instant: number, locale: Locale): string => formats[locale].format(instant);

const STYLE = `
:root { color-scheme: light dark; font-family: Vazirmatn, system-ui, 'Segoe UI', Tahoma, sans-serif; line-height: 1.6;
  --line: color-mix(in srgb, currentColor 18%, transparent); --soft: color-mix(in srgb, currentColor 7%, transparent);
  --accent: light-dark(#1d5c4f, #7fd6c2); --on-accent: light-dark(#fff, #0c211c); }
* { box-sizing: border-box; }
body { max-inline-size: 62rem; margin: 0 auto; padding: 1rem clamp(0.75rem, 3vw, 1.5rem) 3rem; }
header { border-block-end: 1px solid var(--line); margin-block-end: 1.25rem; }
.top { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0.25rem 1rem; align-items: baseline; }
.brand { font-size: 1.35rem; font-weight: 700; } .quiet { opacity: 0.75; font-size: 0.9rem; margin: 0; }
nav { display: flex; flex-wrap: wrap; gap: 0.25rem 1.1rem; padding-block: 0.6rem; }
a { color: var(--accent); } nav a { text-decoration: none; padding-block: 0.2rem; }
nav a[aria-current] { font-weight: 700; border-block-end: 2px solid; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
h1 { font-size: 1.4rem; margin-block: 0.5rem 0.75rem; } h2 { font-size: 1.1rem; margin-block: 2rem 0.5rem; }
.products { display: grid; grid-template-columns: repeat(auto-fill, minmax(13rem, 1fr)); gap: 0.75rem; padding: 0; list-style: none; }
.products li { border: 1px solid var(--line); border-radius: 0.6rem; padding: 0.8rem; display: flex; flex-direction: column; gap: 0.4rem; }
.products .name { font-weight: 600; flex: 1; } .products label { display: flex; justify-content: space-between; align-items: center; gap: 0.5rem; }
.price { font-variant-numeric: tabular-nums; }
input[type=number] { inline-size: 4.5rem; } input { font: inherit; padding: 0.35rem 0.5rem; border: 1px solid var(--line); border-radius: 0.4rem; background: Canvas; color: CanvasText; }
input[type=email] { inline-size: 100%; max-inline-size: 24rem; display: block; margin-block: 0.2rem; }
input[type=checkbox] { inline-size: 1.1rem; block-size: 1.1rem; vertical-align: -0.15rem; }
button { font: inherit; padding: 0.45rem 1rem; border-radius: 0.5rem; border: 1px solid var(--accent); background: transparent; color: var(--accent); cursor: pointer; min-block-size: 2.5rem; }
button.main { background: var(--accent); color: var(--on-accent); }
.bar { position: sticky; inset-block-end: 0; background: Canvas; padding-block: 0.75rem; border-block-start: 1px solid var(--line); }
.buttons { display: flex; flex-wrap: wrap; gap: 0.6rem; margin-block: 1rem; }
.note { border-inline-start: 4px solid var(--accent); background: var(--soft); padding: 0.6rem 0.9rem; border-radius: 0.3rem; }
.scroll { overflow-x: auto; } table { border-collapse: collapse; inline-size: 100%; min-inline-size: 38rem; }
th, td { text-align: start; padding: 0.45rem 0.6rem; border-block-end: 1px solid var(--line); white-space: nowrap; }
td form { margin: 0; } td button { padding: 0.15rem 0.7rem; min-block-size: 2rem; }
.big { font-size: 1.3rem; font-variant-numeric: tabular-nums; } .empty { text-align: center; padding: 3rem 1rem; border: 1px dashed var(--line); border-radius: 0.6rem; }
`;

/** No script at all, nothing from elsewhere, forms to this very app. */
export const PAGE_HEADERS = {
  'content-security-policy':
    "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  // Without any, a browser would not say that a form comes from here.
  'referrer-policy': 'same-origin',
  'cache-control': 'no-store',
};

export const PAGES = ['store', 'orders', 'inbox', 'time'] as const;
export type PageName = (typeof PAGES)[number];
const PATHS: Record<PageName, string> = { store: '', orders: '/orders', inbox: '/inbox', time: '/time' };

/** Where a page of the store is, in a language. */
export const pathOf = (page: PageName, locale: Locale): string => `/sandbox/store${PATHS[page]}?locale=${locale}`;

/** A whole page around its content, which is HTML already. */
export function layout(page: { name: PageName | null; title: string; content: string }, locale: Locale): string {
  const t = textsOf('sandbox', locale);
  const other = locale === 'fa' ? 'en' : 'fa';
  const here = page.name ?? 'store';
  const links = PAGES.map((name) => {
    const current = name === page.name ? ' aria-current="page"' : '';
    return `<a href="${pathOf(name, locale)}"${current}>${t(name)}</a>`;
  });
  return `<!doctype html>
<html lang="${locale}" dir="${directionOf(locale)}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(page.title)} · ${t('shop')}</title><link rel="icon" href="data:,"><style>${STYLE}</style></head>
<body><header><div class="top"><span class="brand">${t('shop')}</span>
<a href="${pathOf(here, other)}" lang="${other}" hreflang="${other}">${t('other')}</a></div>
<p class="quiet">${t('practice')}</p>
<nav>${links.join('\n')}<a href="/?locale=${locale}">${t('home')}</a></nav></header>
<main><h1>${escaped(page.title)}</h1>
${page.content}
</main></body></html>
`;
}
