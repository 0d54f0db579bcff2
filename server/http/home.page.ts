import type { TFunction } from 'i18next';
import { marked } from '../shared/html.ts';
import { directionOf, type Locale } from '../words/locales.ts';
import { textsOf } from '../words/said/texts.ts';

/** What the start page may tell anyone: nothing of any shop. */
export type HomeFacts = { database: 'sqlite' | 'postgres'; shopify: boolean; woocommerce: boolean; sandbox: boolean };

type Texts = TFunction<'start'>;

const LINKS = {
  admin: '/app',
  store: '/sandbox/store',
  orders: '/sandbox/store/orders',
  messages: '/sandbox/store/inbox',
  time: '/sandbox/store/time',
} as const;

/** The way into the sandbox store, where there is one. */
function sandboxPart(t: Texts, locale: Locale): string {
  const names = Object.keys(LINKS) as (keyof typeof LINKS)[];
  const links = names.map((name) => `<li><a href="${LINKS[name]}?locale=${locale}">${t(`links.${name}`)}</a></li>`);
  return `<h2>${t('sandbox')}</h2><p>${t('open')}</p><ul>${links.join('\n')}</ul>`;
}

const DATABASES = { sqlite: 'SQLite', postgres: 'PostgreSQL' };

const ADD =
  'npm run -s cli -- shop add --platform shopify --domain shop.example --currency USD --time-zone Asia/Tehran';
const IMPORT = 'npm run -s cli -- import orders FILE --shop shop.example --format simple-csv';
const KPIS = 'npm run -s cli -- kpis --shop shop.example --from 2026-01-01 --to 2026-12-31';

/** What to do next, in HTML. */
function stepsOf({ shopify, woocommerce }: HomeFacts, t: Texts, locale: Locale): string[] {
  const connect = `<a href="/connect/woocommerce?locale=${locale}">${t('steps.connect')}</a>`;
  const steps = [
    t('steps.add', { command: ADD }),
    t('steps.import', { command: IMPORT }),
    t('steps.kpis', { command: KPIS }),
    shopify ? t('steps.shopify') : t('steps.keys'),
  ];
  return [...(woocommerce ? [connect] : []), ...steps.map(marked)];
}

const STYLE = `
:root { color-scheme: light dark; font-family: Vazirmatn, system-ui, 'Segoe UI', Tahoma, sans-serif; line-height: 1.6; }
body { max-inline-size: 46rem; margin: 0 auto; padding: 1.5rem; }
header { display: flex; justify-content: space-between; align-items: baseline; gap: 1rem; }
h1 { font-size: 1.6rem; margin: 0; } h2 { font-size: 1.1rem; margin-block: 1.6rem 0.4rem; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 0.2rem 1rem; margin: 0; } dd { margin: 0; }
li { margin-block: 0.6rem; } :lang(fa) ol { list-style: persian; }
code { display: inline-block; max-inline-size: 100%; overflow-wrap: anywhere; font-family: ui-monospace, monospace; font-size: 0.9em;
  padding: 0.1rem 0.4rem; border-radius: 0.3rem; background: color-mix(in srgb, currentColor 10%, transparent); }
`;

/** The start page, in English or Persian: what runs and what to do next. Holds nothing of any shop. */
export function homePage(facts: HomeFacts, locale: Locale): string {
  const t = textsOf('start', locale);
  const steps = stepsOf(facts, t, locale);
  const other = locale === 'fa' ? 'en' : 'fa';
  const live = [...(facts.shopify ? ['Shopify'] : []), ...(facts.woocommerce ? ['WooCommerce'] : [])].join(', ');
  const platform = facts.sandbox ? t('sandbox') : live || t('none');
  return `<!doctype html>
<html lang="${locale}" dir="${directionOf(locale)}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${t('title')}</title><style>${STYLE}</style></head>
<body><header><h1>${t('title')}</h1><a href="/?locale=${other}" lang="${other}">${t('other')}</a></header>
<main><p>${t('lead')}</p>
<h2>${t('running')}</h2>
<dl><dt>${t('database')}</dt><dd><bdi>${DATABASES[facts.database]}</bdi></dd>
<dt>${t('platform')}</dt><dd><bdi>${platform}</bdi></dd></dl>
${facts.sandbox ? sandboxPart(t, locale) : ''}
<h2>${facts.sandbox ? t('rest') : t('next')}</h2>
<ol>${steps.map((step) => `<li>${step}</li>`).join('\n')}</ol>
</main></body></html>
`;
}
