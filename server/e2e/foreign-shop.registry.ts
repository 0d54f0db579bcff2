import type { Scope } from '../shops/scope.ts';

type Row = Record<string, unknown>;

/** Two shops with the same platform ids and e-mails: the scope is A's, the ids and rows are B's. */
export type Foreign = {
  scope: Scope;
  a: number;
  now: number;
  /** The first row of B in a table. */
  b(table: string): Row;
  /** Our own ids in B. */
  customer: string;
  order: string;
};

type Arguments = (foreign: Foreign) => unknown[];

const LATE = Number.MAX_SAFE_INTEGER;
const everybody: Arguments = ({ scope, a }) => [scope.tx, a, '', 'zzzzzzzz'];
const onlyScope: Arguments = ({ scope }) => [scope];
const onlyShop: Arguments = ({ scope, a }) => [scope.tx, a];
const customer: Arguments = ({ scope, customer: id }) => [scope, id];
const customerOfShop: Arguments = ({ scope, a, customer: id }) => [scope.tx, a, id];
const customers: Arguments = ({ scope, customer: id }) => [scope, id, `${id}-other`];
const order: Arguments = ({ scope, order: id }) => [scope, id];
const delivery: Arguments = ({ scope, a, b }) => [scope.tx, a, b('inbox').id];
const days: Arguments = ({ scope, a }) => [scope.tx, a, '0000-01-01', '9999-12-31'];
/** B's whole row, its shop's id too: a function must put its own there, or be told by its caller. */
const row =
  (table: string, ...more: unknown[]): Arguments =>
  ({ scope, b }) => [scope, b(table), ...more];
const finish = { state: 'applied', attempts: 9, dueAt: 9, appliedAt: 9, errorCode: 'x', reason: 'x', customerId: null };

/** How each function of each repository is called with another shop's ids; `file#function`. */
export const CALLS: Record<string, Arguments> = {
  'carts#findCart': ({ scope }) => [scope, 'only-b'],
  'carts#readAhead': ({ scope }) => [scope, ['only-b']],
  'carts#insertCart': row('carts'),
  'carts#updateCart': row('carts'),
  'carts#reassignCarts': customers,
  'carts#eraseCarts': customer,
  'carts#eraseCartsOf': ({ scope }) => [scope, ['ada@example.test', 'b@only.test'], ['+12025550123']],

  'customers#findByIdentity': ({ scope }) => [scope, 'email', 'b@only.test'],
  'customers#findIdentity': ({ scope, a }) => [scope.tx, a, 'email', 'b@only.test'],
  'customers#findCustomer': customer,
  'customers#findRow': customerOfShop,
  'customers#readCustomersAhead': ({ scope }) => [scope, [{ kind: 'email', value: 'b@only.test' }]],
  'customers#insertCustomer': row('customers'),
  'customers#touchCustomer': ({ scope, customer: id }) => [scope, id, { updatedAt: 1, triggeredAt: 1, bodyHash: 'x' }],
  'customers#updateCustomer': ({ scope, customer: id }) => [scope, id, { note: 'changed' }],
  'customers#claimIdentity': ({ scope }) => [scope, 'email', 'ada@example.test', 'somebody'],
  'customers#moveIdentities': customers,
  'customers#listErased': ({ scope, customer: id }) => [scope, [id]],
  'customers#listMergedInto': customer,
  'customers#deletePersonalIdentities': customer,
  'customers#listIdentities': customer,
  'customers#listConsents': customer,
  'customers#putConsent': row('customer_consents'),
  'customers#listTags': customer,
  'customers#putTag': row('customer_tags'),
  'customers#deleteFacts': customer,

  'inbox#insertDelivery': ({ scope, a, b }) => [scope.tx, { ...b('inbox'), shopId: a }],
  'inbox#dueDeliveries': ({ scope, a }) => [scope.tx, a, LATE, 1000],
  'inbox#finishDelivery': ({ scope, a, b }) => [scope.tx, a, b('inbox').id, finish],
  'inbox#dropBody': delivery,
  'inbox#dropBodiesOf': customerOfShop,
  'inbox#unclearDeliveries': ({ scope, a }) => [scope.tx, a, '', 1000],
  'inbox#listDeliveries': ({ scope, a }) => [scope.tx, a, 'parked', '', 1000],
  'inbox#findDelivery': delivery,

  'insights#findStats': customer,
  'insights#putStats': ({ scope, b, customer: id }) => [scope, id, b('customer_stats')],
  'insights#deleteStats': customer,
  'insights#addContribution': ({ scope }) => {
    const change = { orders: -1, revenue: -10_000, firsts: -1, seconds: 0 };
    return [scope, { days: new Map([['2025-03-01', change]]), returns: new Map([['2025-03-01|', -1]]) }];
  },
  'insights#deleteNumbers': onlyScope,
  'insights#rangeTotals': days,
  'insights#lifetimeTotals': ({ scope, a }) => [scope.tx, a, '9999-12-31'],
  'insights#buyersIn': days,

  'orders#readOrdersAhead': ({ scope }) => [scope, [{ platformId: '9009', number: '#9009' }]],
  'orders#findOrder': ({ scope }) => [scope, '9009', '#9009'],
  'orders#findOrderByNumber': ({ scope }) => [scope, '#9009'],
  'orders#insertOrder': row('orders'),
  'orders#updateOrder': row('orders'),
  'orders#listLines': order,
  'orders#insertLines': ({ scope, b }) => [scope, [{ ...b('order_lines'), line: 99 }]],
  'orders#removeLines': order,
  'orders#listFacts': ({ scope }) => [scope, '9009'],
  'orders#putFact': row('order_facts'),
  'orders#renameFacts': ({ scope }) => [scope, '9009', '9010'],
  'orders#ordersOfCustomer': customer,
  'orders#countedOrders': customer,
  'orders#reassignOrders': customers,
  'orders#allCountedOrders': onlyScope,

  'points#listVersions': onlyScope,
  'points#insertVersion': ({ scope, b }) => [scope, { ...b('program_versions'), version: 99 }],
  'points#findAccount': customer,
  'ahead#readAccountsAhead': ({ scope, customer: id }) => [scope, [id]],
  'points#accountIn': customerOfShop,
  'points#putAccount': row('points_accounts', true),
  'points#reserveIfCovered': ({ scope, customer: id }) => [scope, id, 1],
  'points#appendTransaction': row('points_transactions', []),
  'points#putLot': ({ scope, b, customer: id }) => [scope, id, { ...b('points_lots'), granted: 9_999 }, true],
  'points#lotsOfSource': order,
  'points#lotsOfCustomer': customer,
  'points#lotsIn': customerOfShop,
  'points#spendsOfCustomer': customer,
  'points#findSpend': ({ scope }) => [scope, 'spend-of-b'],
  'points#insertSpend': row('points_spends'),
  'points#settleSpend': ({ scope }) => [scope, 'spend-of-b', 'released', 1],
  'points#reassignSpends': customers,
  'points#dueAccounts': ({ scope, a }) => [scope.tx, a, LATE, 1000],
  'points#customersAfter': ({ scope, a }) => [scope.tx, a, '', 1000],
  'points#transactionsBetween': everybody,
  'points#postingsBetween': everybody,
  'points#countRows': onlyShop,
  'points#spendSums': customerOfShop,
  'points#replaceLots': ({ scope, a, customer: id }) => [scope.tx, a, id, []],
  'points#deleteAccount': customerOfShop,
  'points#replaceAccount': ({ scope, a, b }) => [scope.tx, { ...b('points_accounts'), shopId: a, available: 9_999 }],

  'privacy#deletePiece': ({ scope, a }) => [scope.tx, a, 0, 1000],
  'privacy#eraseCustomerRow': customer,
  'privacy#eraseFilesOf': customer,
  'privacy#customersOfOrders': ({ scope }) => [scope, ['9009']],
  'privacy#insertExport': row('exports'),
  'privacy#listExports': onlyShop,
  'privacy#findExport': ({ scope, a, b }) => [scope.tx, a, b('exports').id],
  'privacy#everythingAbout': customer,
  'privacy#hasRows': onlyShop,

  'products#findProduct': ({ scope }) => [scope, '909'],
  'products#putProduct': row('products'),
  'products#productFacts': ({ scope }) => [scope, ['909']],

  'shops#findShop': onlyShop,
  'shops#findShopId': ({ scope }) => [scope.tx, 'shopify', 'a.example.test'],
  'shops#findWebhookSecret': onlyShop,
  'shops#updateShop': ({ scope, a }) => [scope.tx, a, { name: 'changed' }],
  'shops#insertZone': ({ scope, a }) => [scope.tx, a, 1, 'Asia/Tehran'],
  'shops#insertImport': ({ scope, a, b }) => [scope.tx, { ...b('imports'), shopId: a }],
};

/** What looks over all shops on purpose, and why. */
export const OPERATOR_WIDE: Record<string, string> = {
  'inbox#dropOldBodies': 'retention drops old bodies of every shop',
  'inbox#shopsWithDeliveries': 'the sweep asks which shops to wake; it gives ids only',
  'inbox#countOpen': 'metrics count deliveries over all shops',
  'inbox#oldestPending': 'metrics say how far behind each shop is; it gives ids only',
  'points#shopsWithDue': 'the sweep asks which shops to wake; it gives ids only',
  'privacy#shopsToErase': 'retention looks for shops whose time is over',
  'privacy#erasedShops': 'retention looks for shops that are being erased',
  'shops#listShops': 'operators list their shops',
  'shops#insertShop': 'it makes a new shop, whose id no other has',
};
