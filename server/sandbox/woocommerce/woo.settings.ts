import { Temporal } from 'temporal-polyfill';
import type { Json } from '../../commerce/shopify/writing/payload.parts.ts';
import { type Answer, failure } from './woo.answers.ts';
import { links } from './woo.links.ts';
import type { Woo } from './woo.types.ts';

/** The site's name, as its owner wrote it. */
const NAME = 'Sandbox Provisions';

/** `data/currencies/current` */
export const currentCurrency = ({ site }: Woo): Answer => ({
  status: 200,
  body: {
    code: 'USD',
    name: 'United States (US) dollar',
    symbol: '&#36;',
    _links: links(site.url, 'data/currencies/USD', ['GET']),
  },
});

const SETTINGS: readonly [id: string, label: string, value: string][] = [
  ['woocommerce_default_country', 'Country / State', 'US:NY'],
  ['woocommerce_currency', 'Currency', 'USD'],
  ['woocommerce_calc_taxes', 'Enable taxes', 'no'],
];

/** `settings/general`, as far as the app may want to know of it; with an id, that one. */
export function generalSettings({ site: { url } }: Woo, only?: string): Answer {
  const all = SETTINGS.map(
    ([id, label, value]): Json => ({
      id,
      label,
      description: '',
      type: 'select',
      default: value,
      tip: '',
      value,
      _links: links(url, `settings/general/${id}`, ['GET', 'POST', 'PUT', 'PATCH']),
    }),
  );
  if (only === undefined) return { status: 200, body: all };
  const one = all.find(({ id }) => id === only);
  return one
    ? { status: 200, body: { ...one, group_id: 'general' } }
    : failure(404, 'rest_setting_setting_invalid', 'Invalid setting.');
}

/** `system_status`, the part that says which versions run. */
export const systemStatus = ({ site: { url, version } }: Woo): Answer => ({
  status: 200,
  body: {
    environment: {
      home_url: url,
      site_url: url,
      version,
      wp_version: version === '8.9.3' ? '6.5.5' : '7.1',
      language: 'en_US',
      secure_connection: url.startsWith('https://'),
    },
    settings: { currency: 'USD', currency_symbol: '&#36;', force_ssl: false, HPOS_enabled: version !== '8.9.3' },
  },
});

/** The root of the WordPress API, which anybody may read: the site's name, address and time zone, and what it serves. */
export function rootIndex({ site, store }: Woo): Answer {
  const { url, timeZone } = site;
  const now = Temporal.Instant.fromEpochMilliseconds(store.clock.now()).toZonedDateTimeISO(timeZone);
  // A zone that is an offset has no name.
  const offset = /^[+-]/.test(timeZone);
  const authorization = `${url}/wp-admin/authorize-application.php`;
  return {
    status: 200,
    body: {
      name: NAME,
      description: '',
      url,
      home: url,
      gmt_offset: now.offsetNanoseconds / 3.6e12,
      timezone_string: offset ? '' : timeZone,
      page_for_posts: 0,
      page_on_front: 0,
      show_on_front: 'posts',
      namespaces: ['oembed/1.0', 'wc/v1', 'wc/v2', 'wc/v3', 'wc-analytics', 'wc/store', 'wc/store/v1', 'wp/v2'],
      authentication: { 'application-passwords': { endpoints: { authorization } } },
      routes: {
        '/': { namespace: '', methods: ['GET'], endpoints: [], _links: { self: [{ href: `${url}/wp-json/` }] } },
      },
      site_logo: 0,
      site_icon: 0,
      site_icon_url: '',
      _links: { help: [{ href: 'https://developer.wordpress.org/rest-api/' }] },
    },
  };
}
