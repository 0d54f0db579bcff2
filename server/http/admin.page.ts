/** What shows the admin around itself. */
export type AdminHost = 'shopify' | 'wordpress' | 'sandbox';

/** What the page is told before it has asked anything; nothing of it is a secret. */
export type PageFacts = {
  host: AdminHost | null;
  locale: 'en' | 'fa' | null;
  script: { src: string; apiKey: string } | null;
};

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string): string => text.replace(/[&<>"]/g, (sign) => ESCAPES[sign] ?? sign);

/** JSON that cannot end the element it stands in. */
const json = (value: unknown): string => JSON.stringify(value).replaceAll('<', '\\u003c');

/** Shopify asks for its script to be the first of the page, unbundled. */
const scriptTags = ({ src, apiKey }: { src: string; apiKey: string }): string =>
  `<meta name="shopify-api-key" content="${escaped(apiKey)}" />\n    <script src="${escaped(src)}"></script>`;

/** The built page, with its language, its direction and what it is told. `template`: web/dist/index.html. */
export function adminPage(template: string, { host, locale, script }: PageFacts): string {
  const page = template
    .replace('id="bazgasht">{}', () => `id="bazgasht">${json({ host, locale })}`)
    .replace('<!-- host script -->', () => (script ? scriptTags(script) : ''));
  return locale === 'fa' ? page.replace('<html lang="en" dir="ltr">', '<html lang="fa" dir="rtl">') : page;
}
