import { createInstance, type TFunction } from 'i18next';
import { connect } from '../en/connect.ts';
import { sandbox } from '../en/sandbox.ts';
import { start } from '../en/start.ts';
import { connect as connectFa } from '../fa/connect.ts';
import { sandbox as sandboxFa } from '../fa/sandbox.ts';
import { start as startFa } from '../fa/start.ts';
import type { Locale } from '../locales.ts';
import type { Texts } from '../shape.ts';

/** What the server itself says; the admin's texts are fetched by the admin. */
export const english = { connect, sandbox, start };
export type Said = typeof english;
/** The same in Persian: a key that is missing here does not compile. */
export const persian: Texts<Said> = { connect: connectFa, sandbox: sandboxFa, start: startFa };

declare module 'i18next' {
  interface CustomTypeOptions {
    resources: Said;
    returnNull: false;
  }
}

const texts = createInstance();
void texts.init({
  initAsync: false,
  fallbackLng: false,
  ns: Object.keys(english),
  resources: { en: english, fa: persian },
  // What is filled in is text: whoever writes a page escapes all of it.
  interpolation: { escapeValue: false },
});

/** The texts of a part in one language: a key that is none does not compile. Plain text, not HTML. */
export const textsOf = <N extends keyof Said>(part: N, locale: Locale): TFunction<N> => texts.getFixedT(locale, part);
