import type { Feature } from '../shops/scope.ts';
import {
  customerConsents,
  customerIdentities,
  customerNotes,
  customerSearch,
  customers,
  customerTags,
} from './customers.tables.ts';
import { forgetContact, forgetIdentities } from './forget.usecases.ts';
import { customersTimeline } from './timeline.usecases.ts';

export const customersFeature: Feature = {
  name: 'customers',
  tables: [
    {
      table: customers,
      person: { anonymise: forgetContact },
      shop: 'delete',
      about: { as: 'customer', of: customers.id },
    },
    {
      table: customerIdentities,
      person: { anonymise: forgetIdentities },
      shop: { delete: customerIdentities.value },
      about: { as: 'identities', of: customerIdentities.customerId },
    },
    {
      table: customerConsents,
      person: { delete: customerConsents.customerId },
      shop: 'delete',
      about: { as: 'consents', of: customerConsents.customerId },
    },
    {
      table: customerTags,
      person: { delete: customerTags.customerId },
      shop: 'delete',
      about: { as: 'tags', of: customerTags.customerId },
    },
    {
      table: customerNotes,
      person: { delete: customerNotes.customerId },
      shop: 'delete',
      about: { as: 'notes', of: customerNotes.customerId },
    },
    {
      table: customerSearch,
      person: { delete: customerSearch.customerId },
      shop: { delete: customerSearch.customerId },
    },
  ],
  person: { timeline: customersTimeline },
};
