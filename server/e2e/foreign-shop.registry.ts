import { customerNotes } from '../customers/customers.tables.ts';
import { tableNamed } from '../db/catalogue.ts';
import { testCatalogue } from '../db/testing.tables.ts';
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

/** A table by its name, and one with the column that names a customer. */
const tableOf = (name: string) => tableNamed(testCatalogue(), name);
const NOTES = { table: customerNotes, column: customerNotes.customerId };

type Arguments = (foreign: Foreign) => unknown[];

const LATE = Number.MAX_SAFE_INTEGER;
const everybody: Arguments = ({ scope, a }) => [scope.tx, a, '', 'zzzzzzzz'];
const onlyScope: Arguments = ({ scope }) => [scope];
const onlyShop: Arguments = ({ scope, a }) => [scope.tx, a];
const customer: Arguments = ({ scope, customer: id }) => [scope, id];
const customerOfShop: Arguments = ({ scope, a, customer: id }) => [scope.tx, a, id];
const customersListed: Arguments = ({ scope, customer: id }) => [scope, [id]];
const customers: Arguments = ({ scope, customer: id }) => [scope, id, `${id}-other`];
const order: Arguments = ({ scope, order: id }) => [scope, id];
const delivery: Arguments = ({ scope, a, b }) => [scope.tx, a, b('inbox').id];
/** B's whole row, its shop's id too: a function must put its own there, or be told by its caller. */
const row =
  (table: string, ...more: unknown[]): Arguments =>
  ({ scope, b }) => [scope, b(table), ...more];
const finish = { state: 'applied', attempts: 9, dueAt: 9, appliedAt: 9, errorCode: 'x', reason: 'x', customerId: null };

/** How each function of each repository is called with another shop's ids; `file#function`. */
export const CALLS: Record<string, Arguments> = {
  'api#findKey': ({ scope, a, b }) => [scope.tx, a, b('api_keys').id],
  'api#listKeys': onlyShop,
  'api#insertKey': row('api_keys'),
  'api#updateKey': ({ scope, a, b }) => [scope.tx, a, b('api_keys').id, { revokedAt: 9 }],
  'api#findAnswer': ({ scope, b }) => [scope, b('api_idempotency').key],
  'api#insertAnswer': row('api_idempotency'),
  'api#eraseAnswers': customersListed,

  'backup#pageOf': ({ scope, a }) => [scope.tx, tableOf('orders'), { shop: a }],
  'backup#countOf': ({ scope, a }) => [scope.tx, tableOf('orders'), a],

  'carts#findCart': ({ scope }) => [scope, 'only-b'],
  'carts#readAhead': ({ scope }) => [scope, ['only-b']],
  'carts#insertCart': row('carts'),
  'carts#updateCart': row('carts'),
  'carts#reassignCarts': customers,
  'carts#eraseCarts': ({ scope, customer: id }) => [
    scope,
    { customerIds: [id], emails: ['ada@example.test', 'b@only.test'], phones: ['+12025550123'], platformIds: [] },
  ],

  'lookup#countCustomers': onlyShop,
  'lookup#platformIds': customersListed,
  'check#putCheck': ({ scope, a }) => [scope.tx, { shopId: a, at: 1, ok: true, transactions: 1, postings: 2 }],

  'search#insertTerms': ({ scope, b }) => [scope, b('customer_search').customerId, ['616461']],
  'search#deleteTerms': customer,
  'search#termsInRange': ({ scope, a }) => [scope.tx, a, { after: { term: '', customerId: '' }, end: 'g' }, 1000],
  'search#termsOfCustomers': ({ scope, a, customer: id }) => [scope.tx, a, [id]],
  'search#newestBefore': ({ scope, a }) => [scope.tx, a, null, 1000],
  'search#rowsAfter': ({ scope, a }) => [scope.tx, a, '', 1000],
  'search#rowsOfCustomers': ({ scope, a, customer: id }) => [scope.tx, a, [id]],
  'coupons#findCoupon': ({ scope }) => [scope, '809'],
  'coupons#couponsWithCode': ({ scope }) => [scope, 'code-of-b'],
  'coupons#putCoupon': row('coupons'),

  'customers#findByIdentity': ({ scope }) => [scope, 'email', 'b@only.test'],
  'customers#findIdentity': ({ scope, a }) => [scope.tx, a, 'email', 'b@only.test'],
  'customers#findCustomer': customer,
  'customers#findRow': customerOfShop,
  'customers#readCustomersAhead': ({ scope }) => [scope, [{ kind: 'email', value: 'b@only.test' }]],
  'customers#insertCustomer': row('customers'),
  'customers#touchCustomer': ({ scope, customer: id }) => [scope, id, { updatedAt: 1, triggeredAt: 1, bodyHash: 'x' }],
  'customers#updateCustomer': ({ scope, customer: id }) => [scope, id, { note: 'changed' }],
  'customers#claimIdentity': ({ scope }) => [scope, 'email', 'ada@example.test', 'somebody'],
  'identities#releaseIdentity': ({ scope, customer: id }) => [scope, 'email', 'ada@example.test', id],
  'customers#moveIdentities': customers,
  'customers#listErased': ({ scope, customer: id }) => [scope, [id]],
  'customers#rowsMergedInto': customer,
  'customers#listMergedInto': customer,
  'notes#notesBefore': ({ scope, a, customer: id }) => [scope.tx, a, id, LATE, null, 1000],
  'notes#findNote': ({ scope, b, customer: id }) => [scope, id, b('customer_notes').id],
  'notes#insertNote': row('customer_notes'),
  'notes#deleteNote': ({ scope, b, customer: id }) => [scope, id, b('customer_notes').id],
  'notes#reassignNotes': customers,
  'forget#eraseCustomerRows': customersListed,
  'forget#deletePersonalIdentities': customersListed,
  'identities#listIdentities': customer,
  'customers#listConsents': customer,
  'customers#putConsent': row('customer_consents'),
  'customers#listTags': customer,
  'customers#putTag': row('customer_tags'),
  'customers#deleteFacts': customer,

  'archives#insertArchive': row('archives'),
  'archives#findArchive': ({ scope, a, b }) => [scope.tx, a, b('archives').id],
  'archives#listArchives': ({ scope, a }) => [scope.tx, a, 1000],
  'archives#openArchive': onlyShop,
  'archives#updateArchive': ({ scope, b }) => [scope, b('archives').id, { done: 99 }],

  'files#insertPiece': ({ scope, a, b }) => [scope.tx, { ...b('file_pieces'), shopId: a }],
  'files#findPiece': ({ scope, a, b }) => [scope.tx, a, b('file_pieces').fileId, 0],
  'files#deletePieces': ({ scope, a, b }) => [scope.tx, a, b('file_pieces').fileId, 1000],

  'effects#insertEffect': row('effects'),
  'effects#findEffect': ({ scope, a, b }) => [scope.tx, a, b('effects').id],
  'effects#findByKey': ({ scope, a, b }) => [scope.tx, a, b('effects').key],
  'effects#updateEffect': ({ scope, b }) => [scope, b('effects').id, { attempts: 99 }],
  'effects#lastPlace': ({ scope, b }) => [scope, b('effects').subject],
  'effects#openOnSubject': ({ scope, b }) => [scope, b('effects').subject],
  'effects#openOfOwner': ({ scope, b }) => [scope, b('effects').ownerKind, b('effects').ownerId],
  'effects#rememberedOf': customer,
  'effects#dueEffects': ({ scope, a }) => [scope.tx, a, LATE, 1000],
  'effects#nextDueOf': onlyShop,
  'effects#putOff': ({ scope, b }) => [scope, b('effects').kind, { attempts: 99 }],
  'effects#releaseWaiting': onlyScope,
  'effects#distrustOpen': onlyScope,
  'effects#waitsOf': onlyShop,
  'effects#listEffectRows': ({ scope, a }) => [scope.tx, a, { states: ['queued'], before: null, limit: 1000 }],
  'effects#queuedOf': onlyShop,
  'effects#emptyEffects': ({ scope, a, b }) => [scope.tx, a, [b('effects').id]],
  'runs#insertRun': row('import_runs'),
  'runs#findRun': ({ scope, a, b }) => [scope.tx, a, b('import_runs').id],
  'runs#listRuns': ({ scope, a }) => [scope.tx, a, 1000],
  'runs#openRun': onlyShop,
  'runs#updateRun': ({ scope, b }) => [scope, b('import_runs').id, { rows: 99 }],

  'inbox#insertDelivery': ({ scope, a, b }) => [scope.tx, { ...b('inbox'), shopId: a }],
  'inbox#dueDeliveries': ({ scope, a }) => [scope.tx, a, LATE, 1000],
  'inbox#finishDelivery': ({ scope, a, b }) => [scope.tx, a, b('inbox').id, finish],
  'inbox#dropBody': delivery,
  'inbox#dropBodiesOf': customerOfShop,
  'inbox#unclearDeliveries': ({ scope, a }) => [scope.tx, a, '', 1000],
  'inbox#listDeliveries': ({ scope, a }) => [scope.tx, a, 'parked', '', 1000],
  'inbox#findDelivery': delivery,
  'inbox#openOf': onlyShop,

  'versions#nextVersion': onlyScope,
  'versions#versionOf': onlyShop,
  'insights#markDirty': ({ scope }) => [scope, 'month:2025-03'],
  'insights#countDirty': onlyShop,
  'insights#oldestDirty': onlyShop,
  'insights#dirtyNames': ({ scope, a }) => [scope.tx, a, 1000],
  'insights#clearDirty': customersListed,
  'insights#statsOfCustomers': customersListed,
  'insights#placesOf': ({ scope, a, customer: id }) => [scope.tx, a, [id]],
  'insights#customersAt': ({ scope, a, b }) => [scope.tx, a, [b('customer_stats').place]],
  'insights#allStats': ({ scope, a }) => [scope.tx, a],
  'insights#lastPlace': onlyScope,
  'insights#putStats': ({ scope, b }) => [scope, b('customer_stats')],
  'insights#addPointsDay': ({ scope, b }) => [scope, b('insight_points').day, b('insight_points')],
  'insights#listPointsDays': ({ scope, a }) => [scope.tx, a],
  'insights#deletePointsDays': onlyScope,
  'insights#findEconomics': ({ scope, a }) => [scope.tx, a],
  'insights#putEconomics': ({ scope, b }) => [scope, b('shop_economics')],
  'insights#findChunk': ({ scope, a, b }) => [scope.tx, a, b('insight_chunks').chunk],
  'insights#putChunk': ({ scope, b }) => [scope, b('insight_chunks').chunk, 9, Buffer.from('x')],
  'insights#deleteChunk': ({ scope, b }) => [scope, b('insight_chunks').chunk],
  'insights#listRevisions': ({ scope, a }) => [scope.tx, a],
  'insights#readChunks': ({ scope, a, b }) => [scope.tx, a, [b('insight_chunks').chunk]],
  'insights#listChannels': ({ scope, a }) => [scope.tx, a],
  'insights#insertChannel': ({ scope }) => [scope, 77, 'kiosk'],

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
  'orders#countedOrders': customersListed,
  'orders#countedWithoutCustomer': ({ scope }) => [scope, '0000-01-01', '9999-12-31'],
  'orders#reassignOrders': customers,
  'orders#countedAfter': ({ scope, a }) => [scope.tx, a, '', 1000],

  'orders#newestOrders': ({ scope, a, customer: id }) => [scope.tx, a, id, 10],
  'orders#lastTaken': onlyShop,
  'people#customersOfOrders': ({ scope }) => [scope, ['9009']],
  'people#linesOfCustomer': customer,
  'shown#ordersWithIds': ({ scope, a, order: id }) => [scope.tx, a, [id]],
  'shown#ordersBefore': ({ scope, a, customer: id }) => [scope.tx, a, id, LATE, null, 1000],
  'shown#refundedOrders': customerOfShop,
  'recent#refundedAfter': ({ scope, a }) => [scope.tx, a, '', 0, 1000],
  'recent#countedBefore': ({ scope, a }) => [scope.tx, a, 'zzzzzzzz', 1000],

  'program#listVersions': onlyScope,
  'program#insertVersion': ({ scope, b }) => [scope, { ...b('program_versions'), version: 99 }],
  'points#findAccount': customer,
  'ahead#readAccountsAhead': ({ scope, customer: id }) => [scope, [id]],
  'points#accountIn': customerOfShop,
  'points#putAccount': row('points_accounts', true),
  'points#reserveIfCovered': ({ scope, customer: id }) => [scope, id, 1],
  'points#appendTransaction': row('points_transactions', []),
  'points#putLot': ({ scope, b, customer: id }) => [scope, id, { ...b('points_lots'), granted: 9_999 }, true],
  'points#lotsOfSource': order,
  'points#lotsOfSources': ({ scope, order: id }) => [scope, [id]],
  'points#lotsOfCustomer': customer,
  'figures#hasLots': onlyScope,
  'figures#customersDatedFrom': ({ scope }) => [scope, 0],
  'figures#lotsOfCustomers': customersListed,
  'figures#spendsOfCustomers': customersListed,
  'figures#accountsOfCustomers': ({ scope, a, customer: id }) => [scope.tx, a, [id]],
  'figures#holdersAfter': ({ scope, a }) => [scope.tx, a, '', 1000],
  'figures#countHolders': onlyShop,
  'figures#transactionsBefore': ({ scope, a, customer: id }) => [scope.tx, a, id, LATE, 1000],
  'figures#transactionsByTime': ({ scope, a, customer: id }) => [
    ...[scope.tx, a, { customerId: id, people: [id] }, { at: LATE, seq: null }, 1000],
  ],
  'figures#postingsOfAll': ({ scope, a, customer: id }) => [scope.tx, a, id, [1, 2, 3]],
  'figures#transactionsByKey': ({ scope, a, b }) => [scope.tx, a, [b('points_transactions').idempotencyKey]],
  'figures#postingsFromTo': ({ scope, a, customer: id }) => [scope.tx, a, id, 0, LATE],
  'points#lotsIn': customerOfShop,
  'points#spendsOfCustomer': customer,
  'points#findSpend': ({ scope }) => [scope, 'spend-of-b'],
  'points#insertSpend': row('points_spends'),
  'points#settleSpend': ({ scope }) => [scope, 'spend-of-b', 'released', 1],
  'points#reassignSpends': customers,
  'points#dueAccounts': ({ scope, a }) => [scope.tx, a, LATE, 1000],
  'due#countDue': ({ scope, a }) => [scope.tx, a, LATE],
  'points#customersAfter': ({ scope, a }) => [scope.tx, a, '', 1000],
  'points#transactionsBetween': everybody,
  'points#postingsBetween': everybody,
  'points#countRows': onlyShop,
  'points#spendSums': customerOfShop,
  'points#replaceLots': ({ scope, a, customer: id }) => [scope.tx, a, id, []],
  'points#deleteAccount': customerOfShop,
  'points#replaceAccount': ({ scope, a, b }) => [scope.tx, { ...b('points_accounts'), shopId: a, available: 9_999 }],

  'privacy#deletePiece': ({ scope, a }) => [scope.tx, a, NOTES, 1000],
  'privacy#deleteRowsOf': ({ scope, customer: id }) => [scope, NOTES, [id]],
  'privacy#rowsAbout': ({ scope, customer: id }) => [scope, NOTES, id],
  'privacy#insertExport': row('exports'),
  'privacy#listExports': onlyShop,
  'privacy#findExport': ({ scope, a, b }) => [scope.tx, a, b('exports').id],
  'privacy#hasRows': ({ scope, a }) => [scope.tx, a, tableOf('orders').table],

  'products#findProduct': ({ scope }) => [scope, '909'],
  'products#putProduct': row('products'),
  'products#productFacts': ({ scope }) => [scope, ['909']],

  'shops#findShop': onlyShop,
  'shops#findShopId': ({ scope }) => [scope.tx, 'shopify', 'a.example.test'],
  'shops#findWebhookSecret': onlyShop,
  'shops#findTokens': onlyShop,
  'shops#findTrouble': onlyShop,
  'shops#takeTokenLease': ({ scope, a }) => [scope.tx, a, 1, 2],
  'shops#updateShop': ({ scope, a }) => [scope.tx, a, { name: 'changed' }],
  'shops#insertZone': ({ scope, a }) => [scope.tx, a, 1, 'Asia/Tehran'],
  'shops#insertAudit': ({ scope, b }) => [scope, b('audit_log')],
  'forget#eraseReasons': customersListed,
  'shops#listAudit': ({ scope, a }) => [scope.tx, a, null, 1000],
  'shops#reasonsIn': ({ scope, a, b }) => [scope.tx, a, [b('audit_log').id]],
  'shops#insertImport': ({ scope, a, b }) => [scope.tx, { ...b('imports'), shopId: a }],

  'syncs#listSyncs': onlyShop,
  'syncs#putSync': row('shop_syncs'),
  'syncs#updateSync': ({ scope }) => [scope, 'rereads', { count: 99 }],
  'syncs#putReread': ({ scope, b }) => [scope, b('order_rereads').orderPlatformId, LATE],
  'syncs#listRereads': ({ scope, a }) => [scope.tx, a, 1000, 1000],
  'syncs#deleteReread': ({ scope, b }) => [scope, b('order_rereads').orderPlatformId, LATE],
  'syncs#countRereadFailure': ({ scope, b }) => [scope, b('order_rereads').orderPlatformId],

  'tiers#customersInTier': ({ scope, a, b }) => [scope.tx, a, b('customer_tiers').tier],
  'tiers#tiersOfCustomers': ({ scope, a, customer: id }) => [scope.tx, a, [id]],
  'tiers#membersAfter': ({ scope, a, b }) => [scope.tx, a, b('customer_tiers').tier, '', 1000],
  'tiers#factsOf': ({ scope, customer: id }) => [scope, 'earned', id],
  'tiers#factsFrom': ({ scope, customer: id }) => [scope, 'earned', id, 0],
  'sums#findSums': customer,
  'sums#putSums': row('tier_sums'),
  'sums#deleteSums': customer,
  'sums#deleteAllSums': onlyScope,
  'running#findRunning': customer,
  'running#putRunning': row('points_running'),
  'running#deleteRunning': customer,
  'running#deleteAllRunning': onlyScope,
  'tiers#factsBetween': ({ scope, a }) => [scope.tx, a, 'earned', '', 'zzzzzzzz'],
  'tiers#customersAfter': ({ scope, a }) => [scope.tx, a, '', 1000],
  'tiers#tiersBetween': everybody,
  'program#findTier': customer,
  'program#tierIn': customerOfShop,
  'tiers#putTier': row('customer_tiers'),
  'tiers#deleteTier': customer,
  'tiers#firstReview': ({ scope, a }) => [scope.tx, a, LATE],
  'tiers#overdueTiers': ({ scope, a }) => [scope.tx, a, LATE, 1000],
  'tiers#insertMove': row('tier_moves'),
  'tiers#movesOf': customerOfShop,
  'tiers#reassignMoves': customers,
  'program#pinsOf': ({ scope, order: id }) => [scope, [id]],
  'program#insertPin': ({ scope, b }) => [scope, b('tier_pins').orderId, 'mark-of-a'],
};
