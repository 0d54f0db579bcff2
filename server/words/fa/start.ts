import type { start as english } from '../en/start.ts';
import type { Texts } from '../shape.ts';

export const start: Texts<typeof english> = {
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
  links: {
    admin: 'پنل مدیریت: آنچه فروشنده می‌بیند',
    store: 'خرید از فروشگاه',
    orders: 'سفارش‌ها و سبدها',
    messages: 'پیام‌ها',
    time: 'ماشین زمان',
  },
  steps: {
    connect: 'فروشگاه ووکامرس خود را وصل کنید',
    add: 'فروشگاهی ثبت کنید: `{{command}}`',
    import: 'سفارش‌های گذشته را وارد کنید: `{{command}}`',
    kpis: 'نخستین عددها را ببینید: `{{command}}`',
    shopify: 'وب‌هوک‌های شاپیفای در `/webhooks/shopify` دریافت می‌شوند.',
    keys: 'برای دریافت وب‌هوک‌های شاپیفای، `SHOPIFY_API_KEY` و `SHOPIFY_API_SECRET` را تنظیم کنید (فایل `.env.example`) و برنامه را دوباره اجرا کنید.',
  },
};
