import type { Feature } from '../shops/scope.ts';
import { customerTiers, programVersions, tierPins } from './program.tables.ts';

const NAMELESS = 'it says which tier an opaque id has, as the program promised, and names nobody';

export const programFeature: Feature = {
  name: 'program',
  tables: [
    {
      table: programVersions,
      person: { keep: 'it is about the program' },
      shop: { keep: 'the ledger is read by the rules that were in force' },
    },
    {
      table: customerTiers,
      person: { keep: NAMELESS },
      shop: 'delete',
      about: { as: 'tier', of: customerTiers.customerId },
    },
    { table: tierPins, person: { keep: NAMELESS }, shop: 'delete' },
  ],
};
