/** What the store's settings say. `url` has no trailing slash; WooCommerce 8.9 behaves differently in places. */
export type WooSite = { url: string; timeZone: string; version: '11.0.1' | '8.9.3' };

/** A key to the REST API that the owner gave away. Revoking one deletes it. */
export type WooKey = { id: number; permissions: 'read' | 'write' | 'read_write'; key: string; secret: string };

export type WooWebhook = {
  id: number;
  name: string;
  status: 'active' | 'paused' | 'disabled';
  topic: string;
  deliveryUrl: string;
  secret: string;
  createdAt: number;
  modifiedAt: number | null;
  /** Failures in a row. Nothing but a success takes it back, so that a webhook switched on again has it still. */
  failures: number;
  /** No ping was answered with 200 so far. */
  pending: boolean;
};

/** What the store keeps besides what was bought in it. */
export type WooState = { keys: WooKey[]; webhooks: WooWebhook[]; lastKey: number; lastWebhook: number };

/** A new store's: nobody has a key. */
export const emptyWooState = (): WooState => ({ keys: [], webhooks: [], lastKey: 0, lastWebhook: 0 });
