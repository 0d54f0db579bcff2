/**
 * Everything that the app needs to speak to Shopify. Whatever leaves the process for Shopify goes through `fetch`, so
 * that another one can stand in for it. `appUrl` is the app's public origin without a trailing slash.
 */
export type ShopifyPlatform = {
  apiKey: string;
  apiSecret: string;
  scopes: string[];
  appUrl: string;
  fetch: typeof fetch;
};

/** The version of the Admin API that every call names. */
export const API_VERSION = '2026-10';

/** A domain that Shopify gives to shops: the only ones that an unsigned request may name. */
export const isShopDomain = (domain: string): boolean => /^[a-z0-9][a-z0-9-]{0,62}\.myshopify\.com$/.test(domain);
