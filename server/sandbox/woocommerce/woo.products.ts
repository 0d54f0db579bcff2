import type { Json } from '../../commerce/shopify/writing/payload.parts.ts';
import { formatMajor } from '../../shared/money.ts';
import { PRODUCTS, type SandboxProduct } from '../store/sandbox.catalogue.ts';
import { dates } from './woo.dates.ts';
import { links } from './woo.links.ts';
import type { Woo } from './woo.types.ts';

const slugOf = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
const TYPES = [...new Set(PRODUCTS.map(({ type }) => type))];

/** What nothing here uses, as a simple product has it. */
const PLAIN = {
  stock: {
    virtual: false,
    downloadable: false,
    downloads: [],
    download_limit: -1,
    download_expiry: -1,
    external_url: '',
    button_text: '',
    tax_status: 'taxable',
    tax_class: '',
    manage_stock: false,
    stock_quantity: null,
    backorders: 'no',
    backorders_allowed: false,
    backordered: false,
    low_stock_amount: null,
    sold_individually: false,
    weight: '',
    dimensions: { length: '', width: '', height: '' },
    shipping_required: true,
    shipping_taxable: true,
    shipping_class: '',
    shipping_class_id: 0,
    reviews_allowed: true,
    average_rating: '0.00',
    rating_count: 0,
    upsell_ids: [],
    cross_sell_ids: [],
    parent_id: 0,
    purchase_note: '',
  },
  sale: {
    date_on_sale_from: null,
    date_on_sale_from_gmt: null,
    date_on_sale_to: null,
    date_on_sale_to_gmt: null,
    on_sale: false,
    purchasable: true,
  },
  variants: { attributes: [], default_attributes: [], variations: [], grouped_products: [], menu_order: 0 },
};

/** A product as `products/:id` gives it: a simple one, which has no variations. */
export function productJson(product: SandboxProduct, { site, begins, store }: Woo): Json {
  const { url, timeZone } = site;
  const id = Number(product.id);
  const price = formatMajor(product.price, 'USD');
  const slug = slugOf(product.title);
  const currency = '<span class="woocommerce-Price-currencySymbol" translate="no">&#36;</span>';
  const sold = [...store.orders.values()].flatMap(({ lines }) =>
    lines.filter(({ productId }) => productId === product.id),
  );
  return {
    id,
    name: product.title,
    slug,
    permalink: `${url}/product/${slug}/`,
    ...dates('date_created', begins, timeZone),
    ...dates('date_modified', begins, timeZone),
    type: 'simple',
    status: 'publish',
    featured: false,
    catalog_visibility: 'visible',
    description: '',
    short_description: '',
    sku: `SBX-${product.id.slice(-3)}`,
    price,
    regular_price: price,
    sale_price: '',
    ...PLAIN.sale,
    total_sales: sold.reduce((sum, { quantity }) => sum + quantity, 0),
    ...PLAIN.stock,
    categories: [{ id: 16 + TYPES.indexOf(product.type), name: product.type, slug: slugOf(product.type) }],
    brands: [],
    tags: [],
    images: [],
    ...PLAIN.variants,
    price_html: `<span class="woocommerce-Price-amount amount"><bdi>${currency}${price}</bdi></span>`,
    related_ids: [],
    meta_data: [],
    stock_status: 'instock',
    has_options: false,
    post_password: '',
    global_unique_id: '',
    _links: links(url, `products/${id}`),
  };
}
