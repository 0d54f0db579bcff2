import { forgetReasons } from './forget.usecases.ts';
import type { Feature } from './scope.ts';
import { auditLog, imports, shops, shopZones } from './shops.tables.ts';

export const shopsFeature: Feature = {
  name: 'shops',
  tables: [
    {
      table: shops,
      person: { keep: 'it is about the shop' },
      shop: { keep: 'the row outlives its erasure, so that late deliveries stay answerable; markErased empties it' },
    },
    {
      table: shopZones,
      person: { keep: 'it is about the shop' },
      shop: { keep: 'the ledger that stays is read by them; they name nobody' },
    },
    {
      table: auditLog,
      person: { anonymise: forgetReasons },
      shop: 'delete',
      about: { as: 'reasons', of: auditLog.target, by: 'id' },
    },
    { table: imports, person: { keep: 'it names a file of the merchant’s' }, shop: 'delete' },
  ],
};
