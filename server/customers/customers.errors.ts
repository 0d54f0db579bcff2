import { conflict, notFound } from '../shared/errors.ts';

export const unknownCustomer = () => notFound('customers.unknown', 'The shop has no such customer.');

export const unknownNote = () => notFound('customers.unknown_note', 'There is no such note about this customer.');

export const erasedAlready = () =>
  conflict('customers.erased', 'This customer was erased: nothing can be written down of them any more.');

export const tooManyTags = (most: number) =>
  conflict('customers.too_many_tags', `A customer can have ${most} tags. Take some off first.`, { most });
