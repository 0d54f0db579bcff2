import { iso, isoOrNull, type Json } from '../../commerce/shopify/writing/payload.parts.ts';
import { PRODUCTS } from '../store/sandbox.catalogue.ts';
import { pastBegins } from '../store/sandbox.past.ts';
import { type Arguments, connection } from './sandbox.connection.ts';
import { discountFields } from './sandbox.discounts.ts';
import { customerNode, orderNode, productNode, refundNode } from './sandbox.nodes.ts';
import type { PlatformDeps } from './sandbox.platform.types.ts';
import { tagFields } from './sandbox.tags.ts';

export type BulkOperation = {
  id: string;
  query: string;
  status: 'RUNNING' | 'COMPLETED' | 'FAILED' | 'CANCELED';
  createdAt: number;
  completedAt: number | null;
  objects: number;
  roots: number;
  text: string;
};

type RootDeps = PlatformDeps & {
  operations: Map<string, BulkOperation>;
  /** Begins a bulk operation. @returns it, or why not */
  begin(query: string): Promise<BulkOperation | string>;
};

const idIn = (gid: string): string => gid.split('/').at(-1) ?? '';
type Context = { bulk: boolean };

const operationNode = (operation: BulkOperation, domain: string): Json => ({
  __typename: 'BulkOperation',
  id: operation.id,
  query: operation.query,
  status: operation.status,
  type: 'QUERY',
  createdAt: iso(operation.createdAt),
  completedAt: isoOrNull(operation.completedAt),
  errorCode: operation.status === 'FAILED' ? 'INTERNAL_SERVER_ERROR' : null,
  objectCount: String(operation.objects),
  rootObjectCount: String(operation.roots),
  partialDataUrl: null,
  fileSize: operation.status === 'COMPLETED' ? String(Buffer.byteLength(operation.text)) : null,
  // A file with nothing in it is none.
  url: operation.objects > 0 ? `https://${domain}/bulk/${idIn(operation.id)}.jsonl` : null,
});

/** The fields of Admin GraphQL's query and mutation that the store answers. */
export function rootOf(deps: RootDeps): Record<string, unknown> {
  return { ...readings(deps), ...subscriptions(deps), ...bulk(deps), ...discountFields(deps), ...tagFields(deps) };
}

function readings({ store, state, scopes }: RootDeps): Record<string, unknown> {
  const begins = pastBegins(state.madeAt);
  return {
    shop: {
      __typename: 'Shop',
      id: 'gid://shopify/Shop/1',
      name: 'Sandbox Provisions',
      currencyCode: 'USD',
      myshopifyDomain: store.domain,
      ianaTimezone: 'America/New_York',
      email: 'owner@example.test',
      createdAt: iso(begins),
      updatedAt: iso(state.madeAt),
      taxesIncluded: false,
      shopAddress: { countryCodeV2: 'US' },
      plan: { displayName: 'Sandbox', shopifyPlus: false },
      primaryDomain: { host: store.domain, url: `https://${store.domain}` },
      url: `https://${store.domain}`,
    },
    shopLocales: [{ locale: 'en', primary: true, published: true, name: 'English' }],
    currentAppInstallation: {
      __typename: 'AppInstallation',
      id: 'gid://shopify/AppInstallation/1',
      accessScopes: scopes.map((handle) => ({ handle, description: handle })),
    },
    order: ({ id }: { id: string }) => {
      const order = store.orders.get(idIn(id));
      return order ? orderNode(order, store) : null;
    },
    orders: (args: Arguments, { bulk: all }: Context) =>
      connection(
        [...store.orders.values()].map((order) => orderNode(order, store)),
        args,
        all,
      ),
    refund: ({ id }: { id: string }) => {
      for (const order of store.orders.values()) {
        const refund = order.refunds.find(({ platformId }) => platformId === idIn(id));
        if (refund) return refundNode(refund, order);
      }
      return null;
    },
    customer: ({ id }: { id: string }) => {
      const customer = store.customers.get(idIn(id));
      return customer ? customerNode(customer, store) : null;
    },
    customers: (args: Arguments, { bulk: all }: Context) =>
      connection(
        [...store.customers.values()].map((customer) => customerNode(customer, store)),
        args,
        all,
      ),
    product: ({ id }: { id: string }) => {
      const product = PRODUCTS.find((known) => known.id === idIn(id));
      return product ? productNode(product, begins) : null;
    },
    products: (args: Arguments, { bulk: all }: Context) =>
      connection(
        PRODUCTS.map((product) => productNode(product, begins)),
        args,
        all,
      ),
  };
}

function subscriptions({ state, keep, store }: RootDeps): Record<string, unknown> {
  const nodeOf = ({ id, topic, uri, createdAt }: (typeof state.subscriptions)[number]): Json => ({
    __typename: 'WebhookSubscription',
    id,
    topic,
    uri,
    format: 'JSON',
    includeFields: [],
    createdAt: iso(createdAt),
    updatedAt: iso(createdAt),
  });
  return {
    webhookSubscriptions: (args: Arguments, { bulk: all }: Context) =>
      connection(state.subscriptions.map(nodeOf), args, all),
    webhookSubscriptionCreate: (args: { topic: string; webhookSubscription: { uri?: string } }) => {
      const { topic, webhookSubscription } = args;
      const { uri = '' } = webhookSubscription;
      const fault = (message: string) => ({
        webhookSubscription: null,
        userErrors: [{ field: ['webhookSubscription', 'uri'], message }],
      });
      if (uri === '') return fault("Address can't be blank");
      if (state.subscriptions.some((known) => known.topic === topic && known.uri === uri))
        return fault('Address for this topic has already been taken');
      const number = 1 + Math.max(0, ...state.subscriptions.map(({ id }) => Number(idIn(id))));
      const made = { id: `gid://shopify/WebhookSubscription/${number}`, topic, uri, createdAt: store.clock.now() };
      keep({ subscriptions: [...state.subscriptions, made] });
      return { webhookSubscription: nodeOf(made), userErrors: [] };
    },
    webhookSubscriptionDelete: ({ id }: { id: string }) => {
      const known = state.subscriptions.some((subscription) => subscription.id === id);
      keep({ subscriptions: state.subscriptions.filter((subscription) => subscription.id !== id) });
      const userErrors = known ? [] : [{ field: ['id'], message: 'Webhook subscription does not exist' }];
      return { deletedWebhookSubscriptionId: known ? id : null, userErrors };
    },
  };
}

function bulk({ operations, begin, store }: RootDeps): Record<string, unknown> {
  const shown = (id: string): Json | null => {
    const operation = operations.get(id);
    return operation ? operationNode(operation, store.domain) : null;
  };
  return {
    bulkOperation: ({ id }: { id: string }) => shown(id),
    bulkOperations: (args: Arguments, { bulk: all }: Context) =>
      connection(
        [...operations.values()].map((operation) => operationNode(operation, store.domain)),
        args,
        all,
      ),
    bulkOperationRunQuery: async ({ query }: { query: string }) => {
      const begun = await begin(query);
      if (typeof begun !== 'string') return { bulkOperation: operationNode(begun, store.domain), userErrors: [] };
      return { bulkOperation: null, userErrors: [{ field: ['query'], message: begun }] };
    },
    bulkOperationCancel: ({ id }: { id: string }) => {
      const operation = operations.get(id);
      if (operation?.status === 'RUNNING') operation.status = 'CANCELED';
      const userErrors = operation ? [] : [{ field: ['id'], message: 'Bulk operation does not exist' }];
      return { bulkOperation: shown(id), userErrors };
    },
  };
}
