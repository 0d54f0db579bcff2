import type { ShopContext } from '../commerce/commerce.types.ts';
import { type CsvFile, csvIn } from './imports.csv.ts';
import { fileError } from './imports.errors.ts';
import { shopifyOrders } from './imports.shopify.ts';
import { simpleOrders } from './imports.simple.ts';
import { openSource, type Source } from './imports.source.ts';
import type { ImportedOrder, ImportFormat, ReadProgress } from './imports.types.ts';
import { wooOrders } from './imports.woocommerce.ts';

const READERS: Readonly<Record<ImportFormat, (csv: CsvFile, shop: ShopContext) => AsyncGenerator<ImportedOrder>>> = {
  'shopify-csv': shopifyOrders,
  'woocommerce-csv': wooOrders,
  'simple-csv': simpleOrders,
};

/** An order file that is being read. */
export type OrderFile = { orders: AsyncGenerator<ImportedOrder>; progress(): ReadProgress; close(): Promise<void> };

/** The format that a header belongs to. Throws `imports.format` when it is none that can be told apart. */
function formatOf(header: readonly string[]): ImportFormat {
  if (header.includes('created_at') && header.includes('order_id')) return 'simple-csv';
  if (header.includes('financial status')) return 'shopify-csv';
  throw fileError('format', 'The file is neither simple-csv nor a Shopify order export.');
}

/**
 * Opens a file and reads its orders; without a format the header tells simple-csv and Shopify's export apart. Throws
 * `imports.missing`, `imports.unreadable`, `imports.header` or `imports.format` before the first order.
 */
export const openOrders = async (file: string, shop: ShopContext, format?: ImportFormat): Promise<OrderFile> =>
  ordersIn(await openSource(file), shop, format);

/** As openOrders, of a text that can be read already. */
export async function ordersIn(source: Source, shop: ShopContext, format?: ImportFormat): Promise<OrderFile> {
  const csv = await csvIn(source);
  try {
    const orders = READERS[format ?? formatOf(csv.header)](csv, shop);
    return { orders, progress: csv.progress, close: csv.close };
  } catch (error) {
    await csv.close();
    throw error;
  }
}
