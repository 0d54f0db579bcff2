/** A shop as the rest of the app sees it: no secrets. */
export type Shop = {
  id: number;
  platform: 'shopify' | 'woocommerce';
  domain: string;
  state: 'registered' | 'installed' | 'uninstalled';
  name: string | null;
  currency: string;
  timeZone: string;
  locale: string;
  calendar: 'gregory' | 'persian';
  country: string | null;
  /** Whether amounts of a rial shop are shown in toman. */
  showToman: boolean;
  /** Of a WooCommerce store that was connected: with its path, without a trailing slash. */
  storeUrl: string | null;
  programStart: number;
  installedAt: number | null;
  uninstalledAt: number | null;
  erasedAt: number | null;
  profileUpdatedAt: number;
  /** Which zone was in force from when, oldest first. */
  zones: { fromAt: number; timeZone: string }[];
};
