import type { HomeFacts } from './home.routes.ts';

type Words = {
  title: string;
  lead: string;
  running: string;
  database: string;
  platform: string;
  none: string;
  next: string;
  other: string;
  sandbox: string;
  open: string;
  rest: string;
};

const EN: Words = {
  title: 'Bazgasht is running',
  lead: 'It takes in the orders of your shops, keeps a points ledger that can be proved, and counts who comes back.',
  running: 'What is running',
  database: 'Database',
  platform: 'Platform',
  none: 'none connected yet',
  next: 'What to do next',
  other: 'فارسی',
  sandbox: 'The sandbox store',
  open: 'A practice shop with two years of invented orders runs here, so that everything can be tried without an account.',
  rest: 'Then, with a shop of your own',
};

const FA: Words = {
  title: 'بازگشت در حال اجراست',
  lead: 'سفارش‌های فروشگاه شما را می‌گیرد، دفتر امتیازی اثبات‌پذیر نگه می‌دارد و می‌شمارد چه کسانی بازمی‌گردند.',
  running: 'آنچه در حال اجراست',
  database: 'پایگاه داده',
  platform: 'سکو',
  none: 'هنوز هیچ‌کدام وصل نیست',
  next: 'گام بعدی',
  other: 'English',
  sandbox: 'فروشگاه آزمایشی',
  open: 'فروشگاهی تمرینی با دو سال سفارش ساختگی این‌جا برپاست تا همه چیز را بدون حساب کاربری بیازمایید.',
  rest: 'سپس، با فروشگاه خودتان',
};

const LINKS = {
  en: [
    ['/app', 'The admin: what the merchant sees'],
    ['/sandbox/store', 'Shop in the store'],
    ['/sandbox/store/orders', 'Orders and carts'],
    ['/sandbox/store/inbox', 'Messages'],
    ['/sandbox/store/time', 'Time machine'],
  ],
  fa: [
    ['/app', 'پنل مدیریت: آنچه فروشنده می‌بیند'],
    ['/sandbox/store', 'خرید از فروشگاه'],
    ['/sandbox/store/orders', 'سفارش‌ها و سبدها'],
    ['/sandbox/store/inbox', 'پیام‌ها'],
    ['/sandbox/store/time', 'ماشین زمان'],
  ],
} as const;

/** The way into the sandbox store, where there is one. */
function sandboxPart(words: Words, locale: 'en' | 'fa'): string {
  const links = LINKS[locale].map(([path, text]) => `<li><a href="${path}?locale=${locale}">${text}</a></li>`);
  return `<h2>${words.sandbox}</h2><p>${words.open}</p><ul>${links.join('\n')}</ul>`;
}

const DATABASES = { sqlite: 'SQLite', postgres: 'PostgreSQL' };

const command = (text: string) => `<code dir="ltr">${text}</code>`;
const ADD = command(
  'npm run -s cli -- shop add --platform shopify --domain shop.example --currency USD --time-zone Asia/Tehran',
);
const IMPORT = command('npm run -s cli -- import orders FILE --shop shop.example --format simple-csv');
const KPIS = command('npm run -s cli -- kpis --shop shop.example --from 2026-01-01 --to 2026-12-31');

function english({ shopify, woocommerce }: HomeFacts): string[] {
  const live = shopify
    ? 'Shopify webhooks are taken in at <code dir="ltr">/webhooks/shopify</code>.'
    : 'To take in Shopify webhooks, set <code dir="ltr">SHOPIFY_API_KEY</code> and <code dir="ltr">SHOPIFY_API_SECRET</code> (see <code dir="ltr">.env.example</code>) and start again.';
  const connect = '<a href="/connect/woocommerce?locale=en">Connect a WooCommerce store</a>';
  const steps = [`Register a shop: ${ADD}`, `Bring its past orders in: ${IMPORT}`, `Read the first numbers: ${KPIS}`];
  return [...(woocommerce ? [connect] : []), ...steps, live];
}

function persian({ shopify, woocommerce }: HomeFacts): string[] {
  const live = shopify
    ? 'وب‌هوک‌های شاپیفای در <code dir="ltr">/webhooks/shopify</code> دریافت می‌شوند.'
    : 'برای دریافت وب‌هوک‌های شاپیفای، <code dir="ltr">SHOPIFY_API_KEY</code> و <code dir="ltr">SHOPIFY_API_SECRET</code> را تنظیم کنید (فایل <code dir="ltr">.env.example</code>) و برنامه را دوباره اجرا کنید.';
  const connect = '<a href="/connect/woocommerce?locale=fa">فروشگاه ووکامرس خود را وصل کنید</a>';
  return [
    ...(woocommerce ? [connect] : []),
    `فروشگاهی ثبت کنید: ${ADD}`,
    `سفارش‌های گذشته را وارد کنید: ${IMPORT}`,
    `نخستین عددها را ببینید: ${KPIS}`,
    live,
  ];
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
export function homePage(facts: HomeFacts, locale: 'en' | 'fa'): string {
  const words = locale === 'fa' ? FA : EN;
  const steps = locale === 'fa' ? persian(facts) : english(facts);
  const other = locale === 'fa' ? 'en' : 'fa';
  const live = [...(facts.shopify ? ['Shopify'] : []), ...(facts.woocommerce ? ['WooCommerce'] : [])].join(', ');
  const platform = facts.sandbox ? words.sandbox : live || words.none;
  return `<!doctype html>
<html lang="${locale}" dir="${locale === 'fa' ? 'rtl' : 'ltr'}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${words.title}</title><style>${STYLE}</style></head>
<body><header><h1>${words.title}</h1><a href="/?locale=${other}" lang="${other}">${words.other}</a></header>
<main><p>${words.lead}</p>
<h2>${words.running}</h2>
<dl><dt>${words.database}</dt><dd><bdi>${DATABASES[facts.database]}</bdi></dd>
<dt>${words.platform}</dt><dd><bdi>${platform}</bdi></dd></dl>
${facts.sandbox ? sandboxPart(words, locale) : ''}
<h2>${facts.sandbox ? words.rest : words.next}</h2>
<ol>${steps.map((step) => `<li>${step}</li>`).join('\n')}</ol>
</main></body></html>
`;
}
