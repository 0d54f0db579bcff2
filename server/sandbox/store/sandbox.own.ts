import type { Database } from '../../db/database.ts';
import { shopsList } from '../../shops/shops.usecases.ts';
import { readState, type SandboxState } from './sandbox.files.ts';

/** Which platform a sandbox store plays. */
export type SandboxPlatformName = 'shopify' | 'woocommerce';

/** The one domain that a sandbox store has on Shopify. */
export const SANDBOX_DOMAIN = 'sandbox-store.myshopify.com';
/** The one that it has as a WooCommerce store. */
export const SHOP_DOMAIN = 'sandbox-shop.example.test';
/** What the sandbox's app may do; all that the app ever asks for. */
export const SANDBOX_SCOPES = ['read_orders', 'read_products', 'write_customers', 'write_discounts'];

const NAMES = { shopify: 'Shopify', woocommerce: 'WooCommerce' };
const DOMAINS = { shopify: SANDBOX_DOMAIN, woocommerce: SHOP_DOMAIN };
/** What SANDBOX has to say for each. */
const SETTINGS = { shopify: 'on', woocommerce: 'woocommerce' };

type Where = { db: Database; folder: string; platform?: SandboxPlatformName };

/** Which sandbox is wanted; null: none. */
export const sandboxPlatform = (setting: 'on' | 'off' | 'woocommerce'): SandboxPlatformName | null =>
  setting === 'off' ? null : setting === 'on' ? 'shopify' : setting;

/**
 * What the sandbox has kept, if this very database is the one that it made; else null. Commands and the app both ask.
 * A store of the other platform is another sandbox.
 */
export async function keptSandbox({ db, folder, platform = 'shopify' }: Where): Promise<SandboxState | null> {
  const state = readState(folder);
  if (state === null || state.shopId === 0) return null;
  const shops = await shopsList({ db });
  const own = shops.some(({ id, domain }) => id === state.shopId && domain === DOMAINS[platform]);
  return own ? state : null;
}

/** Why the sandbox must not start here; null: it may. Its orders must never come to stand beside a real shop's. */
export async function refusal(
  where: Where,
  config: { shopify: unknown; appUrl: string | undefined; woocommerceEnabled: boolean },
): Promise<string | null> {
  if (config.shopify !== undefined) return 'SANDBOX must be off while SHOPIFY_API_KEY is set';
  if (config.appUrl !== undefined) return 'SANDBOX must be off while APP_URL is set';
  if (config.woocommerceEnabled) return 'SANDBOX must be off while WOOCOMMERCE_ENABLED is on';
  if ((await keptSandbox(where)) !== null || (await shopsList(where)).length === 0) return null;
  const other = where.platform === 'woocommerce' ? ('shopify' as const) : ('woocommerce' as const);
  if ((await keptSandbox({ ...where, platform: other })) !== null) {
    const how = `set SANDBOX=${SETTINGS[other]} to open it, or another DATABASE_URL`;
    return `the sandbox store stays closed: this database holds the sandbox's ${NAMES[other]} store; ${how}`;
  }
  return 'the sandbox store stays closed: this database has shops of its own';
}
