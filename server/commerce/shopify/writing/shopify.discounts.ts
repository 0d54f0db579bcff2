import { formatMajor } from '../../../shared/money.ts';
import { bounded } from '../../../shared/text.ts';
import type { Discount, Discounts, KnownDiscount, Made } from '../../discounts.port.ts';
import type { Refused } from '../../writing.port.ts';
import type { Admin, RunOptions } from '../admin/admin.ts';
import {
  DiscountByCode,
  DiscountCreate,
  type DiscountCreateMutationVariables,
  DiscountDeactivate,
} from '../operations.generated.ts';
import { unavailable } from '../shopify.errors.ts';
import { written } from './write.outcome.ts';

/** A discount of ours carries its mark as a tag, written with it in one call. */
const MARK = 'bazgasht-';

type Input = DiscountCreateMutationVariables['discount'];
type Fault = { code: string | null; message: string };

const iso = (at: number): string => new Date(at).toISOString();

function inputOf(discount: Discount): Input {
  const { code, title, mark, value, currency, minimum, limit, customer, startsAt, expiresAt, combinesWith } = discount;
  const money = (amount: number): string => formatMajor(amount, currency);
  return {
    code,
    title,
    tags: [`${MARK}${mark}`],
    startsAt: iso(startsAt),
    endsAt: expiresAt === null ? null : iso(expiresAt),
    usageLimit: limit,
    appliesOncePerCustomer: true,
    context:
      customer === null ? { all: 'ALL' } : { customers: { add: [`gid://shopify/Customer/${customer.platformId}`] } },
    minimumRequirement: minimum === null ? null : { subtotal: { greaterThanOrEqualToSubtotal: money(minimum) } },
    customerGets: {
      items: { all: true },
      value:
        value.kind === 'percent'
          ? { percentage: Number((value.percent / 100).toFixed(6)) }
          : { discountAmount: { amount: money(value.amount), appliesOnEachItem: false } },
    },
    combinesWith: {
      orderDiscounts: combinesWith.order,
      productDiscounts: combinesWith.product,
      shippingDiscounts: combinesWith.shipping,
    },
  };
}

/** A fault of Shopify's own says nothing of what became of it. */
function refusalOf({ code, message }: Fault): Refused {
  if (code === 'INTERNAL_ERROR') throw unavailable('Shopify failed on this discount code.');
  return { outcome: 'refused', code: 'discounts.refused', reason: `Shopify refused: ${bounded(message, 200)}` };
}

const NO_ACCOUNT: Refused = {
  outcome: 'refused',
  code: 'discounts.no_account',
  reason: 'A code for one customer alone needs their account at Shopify, and this customer has none.',
};

async function findCode(admin: Admin, code: string, options: RunOptions): Promise<KnownDiscount | null> {
  const node = (await admin.run(DiscountByCode, { code }, options)).codeDiscountNodeByCode;
  if (!node) return null;
  const { tags = [], status, asyncUsageCount = 0, endsAt, context } = node.codeDiscount;
  const mark = tags.find((tag) => tag.startsWith(MARK));
  return {
    id: node.id,
    mark: mark === undefined ? null : mark.slice(MARK.length),
    isOn: status !== 'EXPIRED',
    uses: asyncUsageCount,
    expiresAt: endsAt == null ? null : Date.parse(endsAt),
    isForSome: (context?.customers?.length ?? 0) > 0,
  };
}

async function createCode(admin: Admin, discount: Discount, options: RunOptions): Promise<Made> {
  const answer = (await admin.run(DiscountCreate, { discount: inputOf(discount) }, options)).discountCodeBasicCreate;
  if (!answer) throw unavailable('Shopify did not say whether the discount code was made.');
  const [fault] = answer.userErrors;
  if (fault?.code === 'TAKEN') {
    const known = await findCode(admin, discount.code, options);
    return known?.mark === discount.mark ? { outcome: 'known', id: known.id } : { outcome: 'taken' };
  }
  if (fault) return refusalOf(fault);
  if (!answer.codeDiscountNode) throw unavailable('Shopify did not name the discount code that it made.');
  return { outcome: 'created', id: answer.codeDiscountNode.id };
}

/** The discount codes of a Shopify shop. */
export const shopifyDiscounts = (admin: Admin): Discounts => ({
  create: (discount, signal) => {
    if (discount.customer !== null && discount.customer.platformId === null) return Promise.resolve(NO_ACCOUNT);
    return written(() => createCode(admin, discount, { signal, patienceMs: 0 }));
  },
  find: (code, signal) => findCode(admin, code, { signal, patienceMs: 0 }),
  disable: ({ code, mark }, signal) =>
    written(async () => {
      const options = { signal, patienceMs: 0 };
      const known = await findCode(admin, code, options);
      if (known?.mark !== mark) return { outcome: 'unknown' };
      const answer = (await admin.run(DiscountDeactivate, { id: known.id }, options)).discountCodeDeactivate;
      if (!answer) throw unavailable('Shopify did not say whether the discount code was ended.');
      const [fault] = answer.userErrors;
      return fault ? refusalOf(fault) : { outcome: 'disabled' };
    }),
});
