import { pageConfig } from './config.ts';
import type { Host } from './host.ts';
import { sandboxHost } from './sandbox.ts';
import { shopifyHost } from './shopify.ts';
import { wordpressHost } from './wordpress.ts';

/** The adapter of what shows this page: the server says which. Null: it was opened by itself, outside of any shop's admin. */
export function startHost(): Host | null {
  switch (pageConfig().host) {
    case 'wordpress':
      return wordpressHost();
    case 'sandbox':
      return sandboxHost();
    case 'shopify':
      return shopifyHost();
    case null:
      return null;
  }
}
