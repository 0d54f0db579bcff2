import fc from 'fast-check';
import { expect, test } from 'vitest';
import { packColumns, readColumns } from './columns.rules.ts';
import { silenceOf } from './lifecycle.rules.ts';
import { rfmCustomers, rfmThresholds } from './rfm.rules.ts';
import { standardsOf } from './standards.rules.ts';

const TODAY = 20_000;
const life = fc.array(fc.record({ day: fc.integer({ min: 19_000, max: TODAY }), net: fc.nat(90_000) }), {
  maxLength: 6,
});

test('a customer is measured by the quintiles and gaps that RFM and the stages of life go by', () => {
  fc.assert(
    fc.property(fc.array(fc.array(life, { maxLength: 9 }), { maxLength: 3 }), (shop) => {
      const chunks = shop.map((lives) =>
        readColumns(
          packColumns(
            lives.map((orders, key) => ({
              key,
              orders: [...orders]
                .sort((a, b) => a.day - b.day)
                .map(({ day, net }) => ({ day, net, sales: net, channel: 0 })),
            })),
          ),
        ),
      );
      const { customers } = rfmCustomers(chunks, TODAY);
      const { thresholds } = rfmThresholds(customers);
      expect(standardsOf(chunks, TODAY)).toEqual({
        silence: silenceOf(chunks, TODAY),
        customers: customers.length,
        orders: thresholds.frequency,
        revenue: thresholds.monetary,
      });
    }),
  );
});
