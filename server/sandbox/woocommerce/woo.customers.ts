import { createHash } from 'node:crypto';
import type { Json } from '../../commerce/shopify/writing/payload.parts.ts';
import type { SandboxCustomer } from '../store/sandbox.types.ts';
import type { WooSite } from '../store/woo.state.ts';
import { dates } from './woo.dates.ts';
import { links } from './woo.links.ts';
import type { Woo } from './woo.types.ts';

const NOWHERE = { first_name: '', last_name: '', company: '', address_1: '', address_2: '' };
const PLACE = { city: '', postcode: '', country: '', state: '' };

/** Where the plugin puts the birthday, so that it shows in the API: keys that begin with an underscore do not. */
const BIRTHDAY = 'bazgasht_birthday';

const avatarOf = (email: string): string =>
  `https://secure.gravatar.com/avatar/${createHash('sha256').update(email).digest('hex')}?s=96&d=mm&r=g`;

/** An account as `customers/:id` gives it. Core knows nothing of a consent to marketing. */
export function customerJson(customer: SandboxCustomer, { site, store }: Woo): Json {
  const { url, timeZone } = site;
  const id = Number(customer.id);
  const names = { first_name: customer.firstName ?? '', last_name: customer.lastName ?? '' };
  const bought = [...store.orders.values()].some(
    (order) => order.customer?.platformId === customer.id && order.fulfilledAt !== null,
  );
  const birthday = customer.birthday === null ? [] : [{ id: id * 10, key: BIRTHDAY, value: customer.birthday }];
  const active = { id: id * 10 + 1, key: 'wc_last_active', value: String(Math.floor(customer.updatedAt / 1000)) };
  return {
    id,
    ...dates('date_created', customer.createdAt, timeZone),
    ...dates('date_modified', customer.updatedAt, timeZone),
    email: customer.email,
    ...names,
    role: 'customer',
    username: customer.email.split('@')[0],
    billing: { ...NOWHERE, ...names, ...PLACE, country: 'US', email: customer.email, phone: customer.phone ?? '' },
    shipping: { ...NOWHERE, ...PLACE, phone: '' },
    is_paying_customer: bought,
    avatar_url: avatarOf(customer.email),
    meta_data: [...birthday, active],
    _links: links(url, `customers/${id}`),
  };
}

/** The owner: a user of WordPress too, who bought nothing and was never changed. */
export const ownerJson = ({ url, timeZone }: WooSite, at: number): Json => ({
  id: 1,
  ...dates('date_created', at, timeZone),
  ...dates('date_modified', null, timeZone),
  email: 'owner@example.test',
  first_name: '',
  last_name: '',
  role: 'administrator',
  username: 'owner',
  billing: { ...NOWHERE, ...PLACE, email: '', phone: '' },
  shipping: { ...NOWHERE, ...PLACE, phone: '' },
  is_paying_customer: false,
  avatar_url: avatarOf('owner@example.test'),
  meta_data: [],
  _links: links(url, 'customers/1'),
});
