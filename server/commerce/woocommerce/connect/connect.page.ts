import type { Locale, Told, Trouble, Words } from './connect.types.ts';
import { wordsOf } from './connect.words.ts';

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

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => ESCAPES[sign] ?? sign);

const marked = (text: string): string => escaped(text).replace(/`([^`]+)`/g, '<code dir="ltr">$1</code>');

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

const note = ({ title, text, steps = [] }: Told): string => {
  const list = steps.length === 0 ? '' : `<ul>${steps.map((step) => `<li>${marked(step)}</li>`).join('\n')}</ul>`;
  return `<div class="note" role="status"><h2>${escaped(title)}</h2><p>${marked(text)}</p>${list}</div>`;
};

const form = (words: Words, locale: Locale, store: string): string =>
  `<form method="get" action="${CONNECT}"><input type="hidden" name="locale" value="${locale}">
<label for="store">${escaped(words.label)}</label>
<input id="store" name="store" type="text" inputmode="url" dir="ltr" required maxlength="2000" autocomplete="url"
 autocapitalize="none" spellcheck="false" aria-describedby="hint" value="${escaped(store)}">
<p class="hint" id="hint">${escaped(words.hint)}</p><button>${escaped(words.go)}</button></form>`;

function content(shown: Shown, words: Words, locale: Locale): string {
  const lead = `<p>${escaped(words.lead)}</p>`;
  const store = shown.store === '' ? '' : `<p><bdi dir="ltr">${escaped(shown.store)}</bdi></p>`;
  const link = (text: string, query = `?locale=${locale}`) =>
    `<p><a href="${CONNECT}${query}">${escaped(text)}</a></p>`;
  switch (shown.kind) {
    case 'ask':
      return lead + form(words, locale, shown.store);
    case 'trouble':
      return note(words.troubles[shown.trouble]) + form(words, locale, shown.store);
    case 'insecure': {
      const on = `<p><a class="button" href="${escaped(shown.goOn)}">${escaped(words.insecure.go)}</a></p>`;
      return note(words.insecure) + store + on + form(words, locale, shown.store);
    }
    case 'connected':
      return note(words.connected) + store + link(words.home);
    case 'denied':
      return note(words.denied) + store + link(words.again);
    case 'waiting':
      return note(words.waiting) + store + link(words.again);
  }
}

/** A page of connecting, in English or Persian. `other`: this page's address in the other language. */
export function connectPage(shown: Shown, locale: Locale, other: string): string {
  const words = wordsOf(locale);
  const second = locale === 'fa' ? 'en' : 'fa';
  const refresh = shown.kind === 'waiting' ? `<meta http-equiv="refresh" content="${LOOK_AGAIN}">` : '';
  return `<!doctype html>
<html lang="${locale}" dir="${locale === 'fa' ? 'rtl' : 'ltr'}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">${refresh}
<title>${escaped(words.title)}</title><style>${STYLE}</style></head>
<body><header><h1>${escaped(words.title)}</h1><a href="${escaped(other)}" lang="${second}">${words.other}</a></header>
<main>${content(shown, words, locale)}</main></body></html>
`;
}
