import { storesOf, wooDeps } from '../app.ts';
import { disconnectStore } from '../commerce/woocommerce/connect/disconnect.usecases.ts';
import { storeAddress } from '../commerce/woocommerce/store/store.address.ts';
import { setNumberSettings } from '../insights/settings.usecases.ts';
import { addShop } from '../onboarding/register.usecases.ts';
import { changeWebhookSecret, shopByName, shopsList } from '../shops/shops.usecases.ts';
import { KEYS_REMAIN } from '../shops/stores.usecases.ts';
import { type Command, needed, number, oneOf, optional, type Values, wrongUse } from './command.ts';

export const shops: Command = {
  usage: 'shops — list shops and their state',
  options: {},
  async run({ core }) {
    const list = await shopsList(core);
    const lines = list.map(({ id, platform, domain, state }) => `${id}\t${platform}\t${domain}\t${state}`);
    return { json: { shops: list }, text: lines.join('\n') || 'No shops yet. "shop add" registers one.' };
  },
};

export const shopAdd: Command = {
  usage:
    'shop add --platform shopify|woocommerce --domain D --currency C --time-zone Z [--program-start YYYY-MM-DD] [--webhook-secret S] — register a shop without an install',
  options: {
    platform: { type: 'string' },
    domain: { type: 'string' },
    currency: { type: 'string' },
    'time-zone': { type: 'string' },
    'program-start': { type: 'string' },
    'webhook-secret': { type: 'string' },
  },
  async run({ core, values }) {
    const id = await addShop(core, {
      platform: oneOf(values, 'platform', ['shopify', 'woocommerce'] as const),
      domain: needed(values, 'domain'),
      currency: needed(values, 'currency'),
      timeZone: needed(values, 'time-zone'),
      programStart: optional(values, 'program-start'),
      webhookSecret: optional(values, 'webhook-secret'),
    });
    const { domain, platform, state } = await shopByName(core, String(id));
    return { json: { id, platform, domain, state }, text: String(id) };
  },
};

const amount = (values: Values, name: string): number | undefined => number(values, name, { min: 0, max: 1_000_000 });

export const shopSet: Command = {
  usage:
    'shop set --shop D [--gross-margin 0.42] [--acquisition-cost 12.50] [--point-cost 0.01] [--calendar gregory|persian] — what the numbers need to know',
  options: {
    shop: { type: 'string' },
    'gross-margin': { type: 'string' },
    'acquisition-cost': { type: 'string' },
    'point-cost': { type: 'string' },
    calendar: { type: 'string' },
  },
  async run({ core, values }) {
    const shop = await shopByName(core, needed(values, 'shop'));
    const settings = {
      grossMargin: number(values, 'gross-margin', { min: 0, max: 1 }),
      acquisitionCost: amount(values, 'acquisition-cost'),
      pointCost: amount(values, 'point-cost'),
      calendar:
        optional(values, 'calendar') === undefined
          ? undefined
          : oneOf(values, 'calendar', ['gregory', 'persian'] as const),
    };
    if (Object.values(settings).every((value) => value === undefined)) throw wrongUse('there is nothing to set');
    const set = await setNumberSettings(core, shop, settings, 'operator');
    return { json: { shop: shop.domain, ...set }, text: `${shop.domain}: ${JSON.stringify(set)}` };
  },
};

export const shopSecret: Command = {
  usage: 'shop secret --shop D --webhook-secret S — the secret that a shop signs with from now on',
  options: { shop: { type: 'string' }, 'webhook-secret': { type: 'string' } },
  async run({ core, values }) {
    const { id, domain } = await shopByName(core, needed(values, 'shop'));
    await changeWebhookSecret(core, id, needed(values, 'webhook-secret'));
    return { json: { id, domain }, text: `${domain}: in force in a running app within seconds` };
  },
};

export const shopConnectUrl: Command = {
  usage: 'shop connect-url --store URL — the link by which the owner of a WooCommerce store connects it',
  options: { store: { type: 'string' } },
  async run({ core: { config }, values }) {
    const address = storeAddress(needed(values, 'store'), { allowPrivate: config.allowPrivateStores });
    if (!address.ok) throw wrongUse(address.message);
    if (!config.woocommerceEnabled) throw wrongUse('set WOOCOMMERCE_ENABLED=on first');
    if (config.appUrl === undefined) throw wrongUse('set APP_URL to the public https address of Bazgasht first');
    const url = `${config.appUrl}/connect/woocommerce?${new URLSearchParams({ store: address.url })}`;
    return { json: { url, store: address.url }, text: url };
  },
};

export const shopDisconnect: Command = {
  usage: 'shop disconnect --shop D — take the app out of a WooCommerce store; its data is kept 30 days',
  options: { shop: { type: 'string' } },
  async run({ core, values }) {
    const shop = await shopByName(core, needed(values, 'shop'));
    const deps = wooDeps(core, storesOf(core.config), () => undefined);
    if (!deps) throw wrongUse('set WOOCOMMERCE_ENABLED=on first');
    const { webhooks } = await disconnectStore(deps, shop, 'operator');
    const removed =
      webhooks === null ? 'its webhooks could not be removed there' : `${webhooks} webhooks were removed there`;
    const text = `${shop.domain} is disconnected; ${removed}. ${KEYS_REMAIN}`;
    return { json: { shop: shop.domain, state: 'uninstalled', webhooks }, text };
  },
};
