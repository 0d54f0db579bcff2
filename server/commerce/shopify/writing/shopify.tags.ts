import { bounded } from '../../../shared/text.ts';
import type { CustomerTags } from '../../tags.port.ts';
import type { Admin } from '../admin/admin.ts';
import { CustomerTags as ReadTags, TagsAdd, TagsRemove } from '../operations.generated.ts';
import { unavailable } from '../shopify.errors.ts';
import { written } from './write.outcome.ts';

const gidOf = (customer: string): string => `gid://shopify/Customer/${customer}`;
/** Shopify takes `VIP` and `vip` for one tag. */
const same = (a: string, b: string): boolean => a.trim().toLowerCase() === b.trim().toLowerCase();

/** The customer tags of a Shopify shop. */
export const shopifyTags = (admin: Admin): CustomerTags => ({
  set: ({ customer, tag, present }, signal) =>
    written(async () => {
      const [variables, options] = [
        { id: gidOf(customer), tags: [tag] },
        { signal, patienceMs: 0 },
      ];
      const answer = present
        ? (await admin.run(TagsAdd, variables, options)).tagsAdd
        : (await admin.run(TagsRemove, variables, options)).tagsRemove;
      if (!answer) throw unavailable('Shopify did not say whether the tag was changed.');
      const [error] = answer.userErrors;
      if (!error) return { outcome: 'set' };
      return { outcome: 'refused', code: 'tags.refused', reason: `Shopify refused: ${bounded(error.message, 200)}` };
    }),
  async has({ customer, tag }, signal) {
    const found = (await admin.run(ReadTags, { id: gidOf(customer) }, { signal, patienceMs: 0 })).customer;
    return found ? found.tags.some((one) => same(one, tag)) : null;
  },
});
