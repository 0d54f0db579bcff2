import type { Feature } from '../shops/scope.ts';
import { products } from './products.tables.ts';

export const productsFeature: Feature = {
  name: 'products',
  tables: [{ table: products, person: { keep: 'it is about goods' }, shop: 'delete' }],
};
