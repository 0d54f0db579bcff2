import { shopifyDiscounts } from '../commerce/shopify/writing/shopify.discounts.ts';
import { storeDiscounts } from '../commerce/woocommerce/store/store.discounts.ts';
import { effectsBattery } from '../effects/effects.contract.ts';
import { sandboxCustomer, shopifyOutside, wooOutside } from '../sandbox/outside.fixtures.ts';
import { discountPorts } from './discounts.effects.ts';
import { discountOf } from './discounts.fixtures.ts';

const JUNE = Date.UTC(2026, 5, 1, 12);
const SIGNAL = new AbortController().signal;
const wanted = (n: number) => {
  const { id, email } = sandboxCustomer(n);
  return discountOf({
    code: `LOYAL-${n}`,
    mark: `redemption-${n}`,
    expiresAt: JUNE,
    customer: { platformId: id, email },
  });
};
const ended = (n: number) => ({ code: `LOYAL-${n}`, mark: `redemption-${n}` });
const nameOf = ({ code }: { code: string }): string => code.toLowerCase();

effectsBattery('a discount code at Shopify', {
  payload: wanted,
  async open(world, shopId) {
    const outside = await shopifyOutside(world, shopId, ({ discount }, data) =>
      data.discountCodeBasicCreate.codeDiscountNode === null ? null : nameOf(discount),
    );
    const [create] = discountPorts({ shopify: () => shopifyDiscounts(outside.admin) });
    return outside.with(create, nameOf);
  },
});

effectsBattery('the end of a discount code at Shopify', {
  payload: ended,
  async open(world, shopId) {
    const codes = new Map<string, string>();
    const outside = await shopifyOutside(world, shopId, ({ id }) => codes.get(id) ?? null);
    const discounts = shopifyDiscounts(outside.admin);
    for (const n of [1, 2, 3]) {
      const made = await discounts.create(wanted(n), SIGNAL);
      if (made.outcome === 'created') codes.set(made.id, nameOf(wanted(n)));
    }
    const [, disable] = discountPorts({ shopify: () => discounts });
    return outside.with(disable, nameOf);
  },
});

const STORE = { platform: 'woocommerce' as const, domain: 'tea.example.test', timeZone: 'Europe/Sofia' };

effectsBattery('a discount code at WooCommerce', {
  payload: wanted,
  shop: STORE,
  async open(world, shopId) {
    const outside = await wooOutside(world, shopId, (method, { code }) => (method === 'POST' ? code : null));
    const [create] = discountPorts({ woocommerce: (shop) => storeDiscounts(outside.deps, shop) });
    return outside.with(create, nameOf);
  },
});

effectsBattery('the end of a discount code at WooCommerce', {
  payload: ended,
  shop: STORE,
  async open(world, shopId) {
    const outside = await wooOutside(world, shopId, (method, { code }) => (method === 'PUT' ? code : null));
    const shop = await world.inShop(shopId, async (scope) => scope.shop);
    for (const n of [1, 2, 3]) await storeDiscounts(outside.deps, shop).create(wanted(n), SIGNAL);
    const [, disable] = discountPorts({ woocommerce: (of) => storeDiscounts(outside.deps, of) });
    return outside.with(disable, nameOf);
  },
});
