export type Locale = 'en' | 'fa';

/** A headline and what to do. Text, not HTML; what stands between backticks is code, which is written from left to right. */
export type Told = { title: string; text: string; steps?: string[] };

/** What can go wrong on the way: the part of an error's code after the dot, or the fault of a typed address. */
export type Trouble =
  | ('empty' | 'too_long' | 'malformed' | 'scheme' | 'credentials' | 'query' | 'private')
  | ('app_url_missing' | 'app_url_unfit' | 'rate_limited' | 'handover' | 'other_path' | 'currency' | 'read_only')
  | ('unreachable' | 'certificate' | 'timed_out' | 'redirected' | 'no_woocommerce' | 'plain_permalinks' | 'not_json')
  | ('unavailable' | 'keys_refused' | 'clock' | 'failed');

export type Words = {
  title: string;
  lead: string;
  label: string;
  hint: string;
  go: string;
  other: string;
  again: string;
  home: string;
  insecure: Told & { go: string };
  connected: Told;
  denied: Told;
  waiting: Told;
  troubles: Record<Trouble, Told>;
};

const HEADER = 'SetEnvIf Authorization "(.*)" HTTP_AUTHORIZATION=$1';
const NGINX = 'fastcgi_param HTTP_AUTHORIZATION $http_authorization;';

export const EN: Words = {
  title: 'Connect your WooCommerce store',
  lead: 'You go to your store, log in there as its owner or manager, and press “Approve”. Bazgasht then reads customers, orders and products, makes coupons for rewards, and is told of new orders. No password is typed here.',
  label: 'Address of the store',
  hint: 'As customers type it, for example https://shop.example',
  go: 'Go to the store',
  other: 'فارسی',
  again: 'Try again',
  home: 'Connect another store',
  insecure: {
    title: 'This store has no https',
    text: 'Bazgasht can sign what it asks, so that its keys stay secret. But names, e-mail addresses and orders of your customers, and your own login, go over the network readable for anyone on the way. Ask the host of your store for a certificate: most give one for nothing.',
    go: 'I know. Go on without https',
  },
  connected: {
    title: 'Your store is connected',
    text: 'Its history is being read now, which takes from minutes to some hours; new orders count at once. You can close this page.',
    steps: [
      'If you connected before, remove the older key of Bazgasht in WordPress under WooCommerce → Settings → Advanced → REST API.',
    ],
  },
  denied: {
    title: 'You did not approve',
    text: 'Nothing was connected and nothing was read. You can begin again whenever you like.',
  },
  waiting: {
    title: 'Waiting for the keys of your store',
    text: 'This page looks again by itself. If nothing has changed after a minute, your store could not reach Bazgasht: begin again, and if that does not help ask the host of your store whether it lets WordPress send requests out.',
  },
  troubles: {
    empty: { title: 'The address is missing', text: 'Type the address of your store.' },
    too_long: { title: 'This address is too long', text: 'Type the address of the store only.' },
    malformed: {
      title: 'This is not the address of a store',
      text: 'It looks like https://shop.example, as customers type it.',
    },
    scheme: { title: 'This is not the address of a store', text: 'It begins with https:// or http://.' },
    credentials: {
      title: 'Leave the password out',
      text: 'Type the address without a user name and password: Bazgasht asks the store for keys of its own.',
    },
    query: { title: 'This address says too much', text: 'Leave out everything from the question mark on.' },
    private: {
      title: 'This store is not on the internet',
      text: 'Its address leads into a private network, where Bazgasht cannot and must not look. Type the public address of the store, by its name.',
    },
    app_url_missing: {
      title: 'This installation has no public address yet',
      text: 'Stores send their keys and their orders to it. Its operator has to set APP_URL to the public https address of Bazgasht and start it again.',
    },
    app_url_unfit: {
      title: 'Stores cannot send to this installation',
      text: 'WooCommerce sends only to public https addresses on the ports 443, 80 and 8080. Its operator has to set APP_URL to such an address and start Bazgasht again.',
    },
    rate_limited: { title: 'Too many attempts', text: 'Wait a minute, then try again.' },
    handover: {
      title: 'This connection is over',
      text: 'It was used already, or was begun more than an hour ago. Begin again.',
    },
    other_path: {
      title: 'Another store of this host is connected',
      text: 'Bazgasht keeps one store for each host name, in whichever folder it is. Give this store a name of its own, such as second.shop.example, and connect it by that.',
    },
    currency: {
      title: 'Bazgasht cannot count in the currency of this store',
      text: 'A currency needs a code of three letters, for example EUR, IRR or IRT. Choose such a currency in WordPress under WooCommerce → Settings → General, then connect again.',
    },
    read_only: {
      title: 'The store gave keys for reading only',
      text: 'Rewards are coupons, which Bazgasht has to write. Begin again and approve “Read/Write”.',
    },
    unreachable: {
      title: 'The store does not answer',
      text: 'Check the address for slips. If the store opens in your browser, its host or a firewall may keep other servers out: let requests to /wp-json/ through.',
    },
    certificate: {
      title: 'The certificate of the store is not valid',
      text: 'Ask the host of the store to renew or repair it; browsers of your customers complain about it too.',
    },
    timed_out: { title: 'The store is very slow', text: 'It did not answer in time. Try again in a few minutes.' },
    redirected: {
      title: 'The store leads elsewhere',
      text: 'Its address redirects to another one. Open the store in a browser, and type the address that stands there in the end.',
    },
    no_woocommerce: {
      title: 'There is no WooCommerce at this address',
      text: 'Check the address, with its folder if the store is in one. In WordPress, WooCommerce has to be installed and active, and no security plugin may close the REST API (/wp-json/).',
    },
    plain_permalinks: {
      title: 'The permalinks of the store are “Plain”',
      text: 'Then its API takes no keys. In WordPress, open Settings → Permalinks, choose any other structure, such as “Post name”, save, and try again.',
    },
    not_json: {
      title: 'Something stands before the store',
      text: 'It answered with a page instead of data: a maintenance mode, a firewall or a security plugin. Let Bazgasht through to /wp-json/, then try again.',
    },
    unavailable: { title: 'The store has trouble of its own', text: 'It answered with an error. Try again later.' },
    clock: {
      title: 'The clock of the store is wrong',
      text: 'Without https every request is signed with the time. Ask the host of the store to set its clock, or to give it https.',
    },
    keys_refused: {
      title: 'The store does not accept the keys that it just made',
      text: 'The request was approved, but the keys do not open the store. One of these is the cause, the first most often:',
      steps: [
        `The server drops the Authorization header. On Apache put this line at the top of the file .htaccess: \`${HEADER}\` On nginx with PHP-FPM: \`${NGINX}\``,
        'Permalinks are “Plain”. In WordPress, open Settings → Permalinks and choose any other structure.',
        'A security plugin closes the REST API, or the key was revoked meanwhile.',
        'Whoever approved is no administrator or shop manager.',
      ],
    },
    failed: { title: 'This did not work', text: 'Something went wrong here. It was noted; please try again.' },
  },
};

/** Codes that mean the same to a merchant as another one. */
const ALIKE: Record<string, Trouble> = {
  ...{ address_refused: 'private', no_api: 'no_woocommerce', blocked: 'not_json', too_large: 'no_woocommerce' },
  ...{ permission: 'keys_refused', throttled: 'unavailable', strange_answer: 'no_woocommerce' },
};

/** What an error's code means to a merchant: `woocommerce.unreachable` → `unreachable`. */
export function troubleOf(code: string): Trouble {
  const word = code.slice(code.indexOf('.') + 1);
  if (Object.hasOwn(ALIKE, word)) return ALIKE[word] ?? 'failed';
  return Object.hasOwn(EN.troubles, word) ? (word as Trouble) : 'failed';
}

/** The words of a language. */
export const wordsOf = (locale: Locale): Words => (locale === 'fa' ? FA : EN);

export const FA: Words = {
  title: 'اتصال فروشگاه ووکامرس',
  lead: 'به فروشگاه خود می‌روید، با حساب مالک یا مدیر فروشگاه وارد می‌شوید و «تأیید» را می‌زنید. سپس بازگشت مشتریان، سفارش‌ها و محصولات را می‌خواند، برای پاداش‌ها کد تخفیف می‌سازد و از سفارش‌های تازه باخبر می‌شود. هیچ گذرواژه‌ای این‌جا نوشته نمی‌شود.',
  label: 'نشانی فروشگاه',
  hint: 'همان‌طور که مشتریان می‌نویسند، مانند https://shop.example',
  go: 'رفتن به فروشگاه',
  other: 'English',
  again: 'دوباره امتحان کنید',
  home: 'اتصال فروشگاهی دیگر',
  insecure: {
    title: 'این فروشگاه https ندارد',
    text: 'بازگشت درخواست‌هایش را امضا می‌کند و کلیدها محرمانه می‌مانند. اما نام، ایمیل و سفارش‌های مشتریان و ورود خود شما در راه برای دیگران خواندنی است. از میزبان فروشگاه گواهی بخواهید: بیشترشان رایگان می‌دهند.',
    go: 'می‌دانم؛ بدون https ادامه می‌دهم',
  },
  connected: {
    title: 'فروشگاه شما وصل شد',
    text: 'تاریخچهٔ آن هم‌اکنون خوانده می‌شود که از چند دقیقه تا چند ساعت زمان می‌برد؛ سفارش‌های تازه بی‌درنگ شمرده می‌شوند. می‌توانید این صفحه را ببندید.',
    steps: [
      'اگر پیش‌تر وصل کرده بودید، کلید قدیمی بازگشت را در وردپرس از ووکامرس ← پیکربندی ← پیشرفته ← REST API بردارید.',
    ],
  },
  denied: {
    title: 'شما تأیید نکردید',
    text: 'چیزی وصل نشد و چیزی خوانده نشد. هر زمان خواستید می‌توانید دوباره آغاز کنید.',
  },
  waiting: {
    title: 'در انتظار کلیدهای فروشگاه شما',
    text: 'این صفحه خودش دوباره نگاه می‌کند. اگر پس از یک دقیقه چیزی تغییر نکرد، فروشگاه شما به بازگشت دسترسی نداشته است: دوباره آغاز کنید و اگر نشد، از میزبان فروشگاه بپرسید آیا وردپرس اجازهٔ ارسال درخواست به بیرون دارد.',
  },
  troubles: {
    empty: { title: 'نشانی نوشته نشده است', text: 'نشانی فروشگاه خود را بنویسید.' },
    too_long: { title: 'این نشانی بیش از اندازه بلند است', text: 'فقط نشانی فروشگاه را بنویسید.' },
    malformed: {
      title: 'این نشانی فروشگاه نیست',
      text: 'نشانی مانند https://shop.example است، همان‌طور که مشتریان می‌نویسند.',
    },
    scheme: { title: 'این نشانی فروشگاه نیست', text: 'نشانی با https:// یا http:// آغاز می‌شود.' },
    credentials: {
      title: 'گذرواژه را ننویسید',
      text: 'نشانی را بدون نام کاربری و گذرواژه بنویسید: بازگشت از فروشگاه کلید جداگانه می‌گیرد.',
    },
    query: { title: 'این نشانی بیش از اندازه دارد', text: 'از علامت پرسش به بعد را ننویسید.' },
    private: {
      title: 'این فروشگاه روی اینترنت نیست',
      text: 'نشانی آن به شبکه‌ای خصوصی می‌رسد که بازگشت نمی‌تواند و نباید در آن نگاه کند. نشانی عمومی فروشگاه را با نام بنویسید.',
    },
    app_url_missing: {
      title: 'این برنامه هنوز نشانی عمومی ندارد',
      text: 'فروشگاه‌ها کلیدها و سفارش‌ها را به آن می‌فرستند. گردانندهٔ برنامه باید APP_URL را برابر نشانی عمومی https بگذارد و برنامه را دوباره اجرا کند.',
    },
    app_url_unfit: {
      title: 'فروشگاه‌ها نمی‌توانند به این برنامه بفرستند',
      text: 'ووکامرس فقط به نشانی‌های عمومی https روی درگاه‌های ۴۴۳، ۸۰ و ۸۰۸۰ می‌فرستد. گردانندهٔ برنامه باید APP_URL را چنین بگذارد و برنامه را دوباره اجرا کند.',
    },
    rate_limited: { title: 'تلاش‌ها بیش از اندازه بود', text: 'یک دقیقه صبر کنید و دوباره امتحان کنید.' },
    handover: {
      title: 'این اتصال به پایان رسیده است',
      text: 'یا پیش‌تر به کار رفته یا بیش از یک ساعت پیش آغاز شده است. دوباره آغاز کنید.',
    },
    other_path: {
      title: 'فروشگاه دیگری از همین دامنه وصل است',
      text: 'بازگشت برای هر دامنه یک فروشگاه نگه می‌دارد، در هر پوشه‌ای که باشد. به این فروشگاه نام جداگانه‌ای مانند second.shop.example بدهید و با همان وصل کنید.',
    },
    currency: {
      title: 'بازگشت نمی‌تواند با واحد پول این فروشگاه بشمارد',
      text: 'واحد پول باید کدی سه‌حرفی داشته باشد، مانند IRR، IRT یا EUR. در وردپرس از ووکامرس ← پیکربندی ← همگانی چنین واحدی برگزینید و دوباره وصل کنید.',
    },
    read_only: {
      title: 'فروشگاه فقط کلید خواندن داد',
      text: 'پاداش‌ها کد تخفیف‌اند و بازگشت باید آن‌ها را بنویسد. دوباره آغاز کنید و دسترسی «خواندن/نوشتن» را تأیید کنید.',
    },
    unreachable: {
      title: 'فروشگاه پاسخ نمی‌دهد',
      text: 'نشانی را بازبینی کنید. اگر فروشگاه در مرورگر شما باز می‌شود، شاید میزبان یا دیوار آتش راه سرورهای دیگر را بسته باشد: درخواست‌ها به /wp-json/ را آزاد کنید.',
    },
    certificate: {
      title: 'گواهی فروشگاه معتبر نیست',
      text: 'از میزبان فروشگاه بخواهید آن را تازه یا درست کند؛ مرورگر مشتریان هم از آن شکایت دارد.',
    },
    timed_out: { title: 'فروشگاه بسیار کند است', text: 'به‌موقع پاسخ نداد. چند دقیقه بعد دوباره امتحان کنید.' },
    redirected: {
      title: 'فروشگاه به جای دیگری می‌رود',
      text: 'این نشانی به نشانی دیگری هدایت می‌شود. فروشگاه را در مرورگر باز کنید و نشانی نهایی را بنویسید.',
    },
    no_woocommerce: {
      title: 'در این نشانی ووکامرس نیست',
      text: 'نشانی را بازبینی کنید و اگر فروشگاه در پوشه‌ای است آن را هم بنویسید. ووکامرس باید در وردپرس نصب و فعال باشد و هیچ افزونهٔ امنیتی REST API (یعنی /wp-json/) را نبسته باشد.',
    },
    plain_permalinks: {
      title: 'پیوندهای یکتای فروشگاه «ساده» است',
      text: 'در این حالت API فروشگاه کلید نمی‌پذیرد. در وردپرس تنظیمات ← پیوندهای یکتا را باز کنید، ساختار دیگری مانند «نام نوشته» برگزینید، ذخیره کنید و دوباره امتحان کنید.',
    },
    not_json: {
      title: 'چیزی راه فروشگاه را بسته است',
      text: 'به جای داده، صفحه‌ای فرستاد: حالت تعمیر، دیوار آتش یا افزونهٔ امنیتی. راه بازگشت به /wp-json/ را آزاد کنید و دوباره امتحان کنید.',
    },
    unavailable: { title: 'فروشگاه خود مشکلی دارد', text: 'با خطا پاسخ داد. بعداً دوباره امتحان کنید.' },
    clock: {
      title: 'ساعت فروشگاه درست نیست',
      text: 'بدون https هر درخواست با زمان امضا می‌شود. از میزبان فروشگاه بخواهید ساعت سرور را تنظیم کند یا https بدهد.',
    },
    keys_refused: {
      title: 'فروشگاه کلیدهایی را که ساخته نمی‌پذیرد',
      text: 'درخواست تأیید شد، اما کلیدها فروشگاه را باز نمی‌کنند. دلیل یکی از این‌هاست، بیشتر وقت‌ها نخستین:',
      steps: [
        `سرور سرآیند Authorization را دور می‌اندازد. در Apache این خط را بالای پروندهٔ \`.htaccess\` بگذارید: \`${HEADER}\` و در nginx با PHP-FPM: \`${NGINX}\``,
        'پیوندهای یکتا «ساده» است. در وردپرس تنظیمات ← پیوندهای یکتا را باز کنید و ساختار دیگری برگزینید.',
        'افزونه‌ای امنیتی REST API را بسته یا کلید در این میان باطل شده است.',
        'کسی که تأیید کرد مدیر کل یا مدیر فروشگاه نیست.',
      ],
    },
    failed: {
      title: 'این کار انجام نشد',
      text: 'این‌جا اشکالی پیش آمد و یادداشت شد؛ لطفاً دوباره امتحان کنید.',
    },
  },
};
