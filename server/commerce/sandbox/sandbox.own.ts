import type { Database } from '../../db/database.ts';
import { shopsList } from '../../shops/shops.usecases.ts';
import { readState, type SandboxState } from './sandbox.files.ts';

/** The one domain that a sandbox store has. */
export const SANDBOX_DOMAIN = 'sandbox-store.myshopify.com';
/** What the sandbox's app may do; all that the app ever asks for. */
export const SANDBOX_SCOPES = ['read_customers', 'read_orders', 'read_products', 'write_discounts'];

type Where = { db: Database; folder: string };

/** What the sandbox has kept, if this very database is the one that it made; else null. Commands and the app both ask. */
export async function keptSandbox({ db, folder }: Where): Promise<SandboxState | null> {
  const state = readState(folder);
  if (state === null || state.shopId === 0) return null;
  const shops = await shopsList({ db });
  return shops.some(({ id, domain }) => id === state.shopId && domain === SANDBOX_DOMAIN) ? state : null;
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
  return 'the sandbox store stays closed: this database has shops of its own';
}
