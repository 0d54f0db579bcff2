/** What the sandbox store sells: fixed, so that a product's id means the same in every sandbox. Prices in US cents. */
export type SandboxProduct = {
  id: string;
  variantId: string;
  title: string;
  titleFa: string;
  type: string;
  price: number;
};

const ROWS: readonly [title: string, titleFa: string, type: string, price: number][] = [
  ['House blend coffee, 1 kg', 'قهوهٔ ترکیبی خانه، ۱ کیلو', 'Coffee', 2400],
  ['Single-origin Yirgacheffe, 500 g', 'قهوهٔ یرگاچف، ۵۰۰ گرم', 'Coffee', 1950],
  ['Decaf espresso, 500 g', 'اسپرسوی بدون کافئین، ۵۰۰ گرم', 'Coffee', 1750],
  ['Cold brew bags', 'کیسه‌های دم‌آوری سرد', 'Coffee', 1300],
  ['Earl Grey, 250 g', 'چای ارل گری، ۲۵۰ گرم', 'Tea', 1150],
  ['Jasmine pearls, 100 g', 'چای یاسمن مرواریدی، ۱۰۰ گرم', 'Tea', 1650],
  ['Saffron tea, 20 sachets', 'چای زعفرانی، ۲۰ کیسه', 'Tea', 1050],
  ['Matcha, ceremonial grade', 'ماچای درجه‌یک', 'Tea', 3200],
  ['Roasted pistachios, 500 g', 'پستهٔ بوداده، ۵۰۰ گرم', 'Nuts', 2150],
  ['Barberries and almonds, 300 g', 'زرشک و بادام، ۳۰۰ گرم', 'Nuts', 1450],
  ['Medjool dates, 1 kg', 'خرمای مجول، ۱ کیلو', 'Nuts', 2700],
  ['Dark chocolate, 12 bars', 'شکلات تلخ، ۱۲ تخته', 'Sweets', 3600],
  ['Gaz with rosewater', 'گز با گلاب', 'Sweets', 1850],
  ['Saffron rock sugar', 'نبات زعفرانی', 'Sweets', 1200],
  ['Stoneware mug', 'ماگ سفالی', 'Tableware', 1600],
  ['Tea glasses, set of six', 'استکان، دست شش‌تایی', 'Tableware', 2900],
  ['Copper coffee pot', 'قهوه‌جوش مسی', 'Tableware', 4900],
  ['Enamel teapot', 'قوری لعابی', 'Tableware', 4200],
  ['French press, 1 l', 'فرنچ پرس، ۱ لیتر', 'Brewing', 3900],
  ['Hand grinder', 'آسیاب دستی', 'Brewing', 7900],
  ['Gooseneck kettle', 'کتری گردن‌غازی', 'Brewing', 8900],
  ['Paper filters, 200', 'فیلتر کاغذی، ۲۰۰ برگ', 'Brewing', 1000],
  ['Tasting box', 'جعبهٔ چشیدن', 'Gifts', 5500],
  ['Gift basket', 'سبد هدیه', 'Gifts', 9900],
];

const FIRST_ID = 8_100_000_001;
const FIRST_VARIANT = 45_100_000_001;

/** Every product, the house blend first. */
export const PRODUCTS: readonly SandboxProduct[] = ROWS.map(([title, titleFa, type, price], index) => ({
  title,
  titleFa,
  type,
  price,
  id: String(FIRST_ID + index),
  variantId: String(FIRST_VARIANT + index),
}));

/** Who makes everything here. */
export const VENDOR = 'Sandbox Provisions';

/** Invented people: the names are common, the addresses end in a domain that nobody can own. */
export const FIRST_NAMES = [
  ...['Mina', 'Reza', 'Sara', 'Dariush', 'Leila', 'Kian', 'Parisa', 'Omid', 'Shirin', 'Arash', 'Nazanin', 'Babak'],
  ...['Emma', 'Liam', 'Olivia', 'Noah', 'Ava', 'James', 'Sofia', 'Lucas', 'Grace', 'Daniel', 'Nora', 'Samuel'],
];
export const LAST_NAMES = [
  ...['Ahmadi', 'Karimi', 'Hosseini', 'Rahimi', 'Moradi', 'Jafari', 'Tehrani', 'Shirazi', 'Kazemi', 'Azizi'],
  ...['Baker', 'Carter', 'Diaz', 'Evans', 'Fisher', 'Garcia', 'Hughes', 'Kelly', 'Martin', 'Turner', 'Walker', 'Young'],
];
