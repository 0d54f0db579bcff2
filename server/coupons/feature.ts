import type { Feature } from '../shops/scope.ts';
import { coupons } from './coupons.tables.ts';

export const couponsFeature: Feature = {
  name: 'coupons',
  tables: [{ table: coupons, person: { keep: 'nothing in it says whom a code is for' }, shop: 'delete' }],
};
