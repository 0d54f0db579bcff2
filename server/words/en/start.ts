/** What the start page says. Between backticks stands code. */
export const start = {
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
  links: {
    admin: 'The admin: what the merchant sees',
    store: 'Shop in the store',
    orders: 'Orders and carts',
    messages: 'Messages',
    time: 'Time machine',
  },
  steps: {
    connect: 'Connect a WooCommerce store',
    add: 'Register a shop: `{{command}}`',
    import: 'Bring its past orders in: `{{command}}`',
    kpis: 'Read the first numbers: `{{command}}`',
    shopify: 'Shopify webhooks are taken in at `/webhooks/shopify`.',
    keys: 'To take in Shopify webhooks, set `SHOPIFY_API_KEY` and `SHOPIFY_API_SECRET` (see `.env.example`) and start again.',
  },
};
