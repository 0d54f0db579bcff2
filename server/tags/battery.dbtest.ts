import { shopifyTags } from '../commerce/shopify/writing/shopify.tags.ts';
import { effectsBattery } from '../effects/effects.contract.ts';
import { sandboxCustomer, shopifyOutside } from '../sandbox/outside.fixtures.ts';
import { type TagEffect, tagPort } from './tags.effects.ts';

for (const present of [true, false])
  effectsBattery(`a customer tag at Shopify that is to be ${present ? 'on' : 'off'}`, {
    payload: (n): TagEffect => ({ customer: sandboxCustomer(n).id, tag: 'VIP', present }),
    async open(world, shopId) {
      const { admin, store, ...rest } = await shopifyOutside(world, shopId, () => null);
      if (!present)
        for (const customer of [1, 2, 3].map(sandboxCustomer))
          store.customers.set(customer.id, { ...customer, tags: ['vip', 'early'] });
      const { port, outside } = rest.with(tagPort({ shopify: () => shopifyTags(admin) }), () => '');
      // By what others are told: of what changes nothing they hear nothing.
      const topic = present ? 'customer.tags_added' : 'customer.tags_removed';
      const told = () => [...store.owed.values()].filter((one) => one.topic === topic);
      const seen = ({ customer }: TagEffect) => told().filter(({ body }) => body.includes(`/${customer}"`)).length;
      return { port, outside: { ...outside, seen } };
    },
  });
