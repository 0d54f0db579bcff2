import { pageConfig } from './config.ts';
import type { Host } from './host.ts';
import { sandboxHost } from './sandbox.ts';
import { shopifyHost } from './shopify.ts';
import { wordpressHost } from './wordpress.ts';

/** The adapter of what shows this page: the server says which. */
export function startHost(): Host {
  switch (pageConfig().host) {
    case 'wordpress':
      return wordpressHost();
    case 'sandbox':
      return sandboxHost();
    default:
      return shopifyHost();
  }
}
