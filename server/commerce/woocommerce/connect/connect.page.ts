import type { TFunction } from 'i18next';
import { escaped, marked } from '../../../shared/html.ts';
import { directionOf, type Locale } from '../../../words/locales.ts';
import { textsOf } from '../../../words/said/texts.ts';
import { HEADER, NGINX, type Trouble } from './connect.types.ts';

/** What a page of connecting shows. `store`: what was typed, to be put right. */
export type Shown =
  | { kind: 'ask'; store: string }
  | { kind: 'trouble'; trouble: Trouble; store: string }
  | { kind: 'insecure'; store: string; goOn: string }
  | { kind: 'connected' | 'denied'; store: string }
  | { kind: 'waiting'; store: string };

export const CONNECT = '/connect/woocommerce';
/** Between two looks of the page that waits, in seconds. */
const LOOK_AGAIN = 4;

const STYLE = `
:root { color-scheme: light dark; font-family: Vazirmatn, system-ui, 'Segoe UI', Tahoma, sans-serif; line-height: 1.6;
  --line: color-mix(in srgb, currentColor 25%, transparent); --soft: color-mix(in srgb, currentColor 7%, transparent);
  --accent: light-dark(#1d5c4f, #7fd6c2); --on-accent: light-dark(#fff, #0c211c); }
* { box-sizing: border-box; }
body { max-inline-size: 40rem; margin: 0 auto; padding: 1.25rem; overflow-wrap: anywhere; }
header { display: flex; flex-wrap: wrap; justify-content: space-between; align-items: baseline; gap: 0.25rem 1rem; }
h1 { font-size: 1.4rem; margin: 0; } h2 { font-size: 1.15rem; margin: 0 0 0.3rem; }
a { color: var(--accent); } li { margin-block: 0.5rem; }
label { display: block; font-weight: 600; margin-block-start: 1.25rem; }
input { font: inherit; inline-size: 100%; padding: 0.55rem 0.7rem; border: 1px solid var(--line); border-radius: 0.5rem;
  background: Canvas; color: CanvasText; }
.hint { opacity: 0.8; font-size: 0.9rem; margin-block: 0.3rem 0.9rem; }
button, .button { font: inherit; display: inline-block; padding: 0.5rem 1.1rem; min-block-size: 2.75rem; border-radius: 0.5rem;
  border: 1px solid var(--accent); background: var(--accent); color: var(--on-accent); cursor: pointer; text-decoration: none; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.note { border-inline-start: 4px solid var(--accent); background: var(--soft); padding: 0.8rem 1rem; border-radius: 0.4rem;
  margin-block: 1rem; }
code { font-family: ui-monospace, monospace; font-size: 0.9em; } .note p { margin-block: 0.3rem; }
`;

type Texts = TFunction<'connect'>;
/** Which words a note is made of. */
type Told = 'insecure' | 'connected' | 'denied' | 'waiting' | `troubles.${Trouble}`;

/** What to do, line by line, where there is more than one thing. */
const stepsOf = (told: Told, t: Texts): readonly string[] =>
  told === 'connected' || told === 'troubles.keys_refused' || told === 'troubles.header_stripped'
    ? t(`${told}.steps`, { returnObjects: true, apache: HEADER, nginx: NGINX })
    : [];

function note(told: Told, t: Texts): string {
  const steps = stepsOf(told, t).map((step) => `<li>${marked(step)}</li>`);
  const list = steps.length === 0 ? '' : `<ul>${steps.join('\n')}</ul>`;
  return `<div class="note" role="status"><h2>${escaped(t(`${told}.title`))}</h2><p>${marked(t(`${told}.text`))}</p>${list}</div>`;
}

const form = (t: Texts, locale: Locale, store: string): string =>
  `<form method="get" action="${CONNECT}"><input type="hidden" name="locale" value="${locale}">
<label for="store">${escaped(t('label'))}</label>
<input id="store" name="store" type="text" inputmode="url" dir="ltr" required maxlength="2000" autocomplete="url"
 autocapitalize="none" spellcheck="false" aria-describedby="hint" value="${escaped(store)}">
<p class="hint" id="hint">${escaped(t('hint'))}</p><button>${escaped(t('go'))}</button></form>`;

function content(shown: Shown, t: Texts, locale: Locale): string {
  const lead = `<p>${escaped(t('lead'))}</p>`;
  const store = shown.store === '' ? '' : `<p><bdi dir="ltr">${escaped(shown.store)}</bdi></p>`;
  const link = (text: string, query = `?locale=${locale}`) =>
    `<p><a href="${CONNECT}${query}">${escaped(text)}</a></p>`;
  switch (shown.kind) {
    case 'ask':
      return lead + form(t, locale, shown.store);
    case 'trouble':
      return note(`troubles.${shown.trouble}`, t) + form(t, locale, shown.store);
    case 'insecure': {
      const on = `<p><a class="button" href="${escaped(shown.goOn)}">${escaped(t('insecure.go'))}</a></p>`;
      return note('insecure', t) + store + on + form(t, locale, shown.store);
    }
    case 'connected':
      return note('connected', t) + store + link(t('home'));
    case 'denied':
    case 'waiting':
      return note(shown.kind, t) + store + link(t('again'));
  }
}

/** A page of connecting, in English or Persian. `other`: this page's address in the other language. */
export function connectPage(shown: Shown, locale: Locale, other: string): string {
  const t = textsOf('connect', locale);
  const second = locale === 'fa' ? 'en' : 'fa';
  const refresh = shown.kind === 'waiting' ? `<meta http-equiv="refresh" content="${LOOK_AGAIN}">` : '';
  return `<!doctype html>
<html lang="${locale}" dir="${directionOf(locale)}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">${refresh}
<title>${escaped(t('title'))}</title><style>${STYLE}</style></head>
<body><header><h1>${escaped(t('title'))}</h1><a href="${escaped(other)}" lang="${second}">${t('other')}</a></header>
<main>${content(shown, t, locale)}</main></body></html>
`;
}
