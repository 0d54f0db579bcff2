import type { SandboxApp } from '../../../tools/sandbox-app.ts';

type Product = { id: string; title: string; price: number };
export type Found = { id: string; email: string; name: string | null; points: number; orders: number };

/** Lets everything arrive that the store has sent, and be applied. */
const arrived = (app: SandboxApp): Promise<unknown> => app.ask('POST', '/sandbox/clock', { advance: 'PT1S' });

/** Buys two of the store's first product. @returns the order's id, once the app has heard of it */
export async function buy(app: SandboxApp, email: string): Promise<string> {
  const { products } = await app.ask<{ products: Product[] }>('GET', '/sandbox/products');
  const lines = [{ product: products[0]?.id, quantity: 2 }];
  const placed = await app.ask<{ order: { id: string } }>('POST', '/sandbox/orders', { customer: { email }, lines });
  await arrived(app);
  return placed.order.id;
}

/** Gives an order's money back. */
export async function giveBack(app: SandboxApp, order: string): Promise<void> {
  await app.ask('POST', '/sandbox/refunds', { order, full: true });
  await arrived(app);
}

/** The customer with an address. */
export async function customerOf(app: SandboxApp, email: string): Promise<Found> {
  const { items } = await app.ask<{ items: Found[] }>('GET', `/api/v1/customers?query=${encodeURIComponent(email)}`);
  const found = items.find((customer) => customer.email === email);
  if (!found) throw new Error(`There is no customer ${email}.`);
  return found;
}
