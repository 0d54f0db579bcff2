import type { Json } from '../../commerce/shopify/writing/payload.parts.ts';

const WRITABLE = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

/** Where a thing is found by the API; `path` as in `orders/7`. */
export function links(url: string, path: string, allow: readonly string[] = WRITABLE): Json {
  const base = `${url}/wp-json/wc/v3`;
  return {
    self: [{ href: `${base}/${path}`, targetHints: { allow } }],
    collection: [{ href: `${base}/${path.slice(0, path.lastIndexOf('/'))}` }],
  };
}

/** A meta entry of a line, which is shown as well. */
export const shownMeta = (id: number, key: string, value: string): Json => ({
  id,
  key,
  value,
  display_key: key,
  display_value: value,
});
