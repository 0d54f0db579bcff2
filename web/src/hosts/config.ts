/** What the server knows of the page that it sends. */
export type PageConfig = { host: 'shopify' | 'wordpress' | 'sandbox' | null; locale: 'en' | 'fa' | null };

/** Read once from the document; a page without it opens in no host. */
export function pageConfig(): PageConfig {
  const text = document.getElementById('bazgasht')?.textContent ?? '{}';
  const { host = null, locale = null } = JSON.parse(text) as Partial<PageConfig>;
  return { host, locale };
}
