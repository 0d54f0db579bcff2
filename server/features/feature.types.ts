import type { AppColumn, AppTable, ShopTable } from '../db/catalogue.ts';
import type { Database, Tx } from '../db/database.ts';
import type { GaugeSet } from './gauges.ts';
import type { PersonRow, TimelineSource } from './timeline.rules.ts';
import type { Scheduled, Topic, TopicWork } from './topics.types.ts';

/**
 * What a feature tells of itself, so that nobody who goes over all of them (schema, privacy, merges, timeline, jobs,
 * retention, metrics, API) has to name it. server/features.ts is the one list. Generic over the scope of a use case, so that
 * this folder lies below all features: `Feature` in shops/scope.ts is what they are typed by.
 */

/** The least that a scope has. shops/scope.ts has the whole of it. */
export type ScopeBase = { tx: Tx; shop: { id: number }; now: number };

/** Everybody whom an erased person was, and by what they were known. */
export type Person = {
  /** Ids of the person's row and of all that were merged into it. */
  customerIds: readonly string[];
  emails: readonly string[];
  phones: readonly string[];
  /** The platform's ids. */
  platformIds: readonly string[];
};

/**
 * What erasing a person does to a table: deletes the rows in which a column names them; takes out of rows what tells who
 * they are; or leaves the rows as they are, because they never told.
 */
export type PersonErasure<Scope> =
  | { readonly delete: AppColumn }
  | { readonly anonymise: (scope: Scope, person: Person) => Promise<unknown> }
  | { readonly keep: string };

/**
 * What erasing a shop does to a table: deletes its rows, a few keys a transaction: those of the key's second column, or of the
 * column named here; or leaves them, because they name nobody.
 */
export type ShopErasure = 'delete' | { readonly delete: AppColumn } | { readonly keep: string };

type Row = Record<string, unknown>;

/**
 * What of a table is given to a person who asks for what is kept about them, and under which name: rows in which a column
 * names them, ordered by a field; or what a query reads.
 */
export type About<Scope> =
  | { readonly as: string; readonly of: AppColumn; readonly by?: string }
  | { readonly as: string; readonly read: (scope: Scope, customerId: string) => Promise<Row[]> };

/** A table, and what becomes of its rows. */
export type TableIn<Scope> =
  | {
      readonly table: ShopTable;
      readonly person: PersonErasure<Scope>;
      readonly shop: ShopErasure;
      readonly about?: About<Scope>;
    }
  | { readonly table: AppTable; readonly ofNoShop: string };

/** What a feature knows of a person besides what its tables say. */
export type PersonIn<Scope extends ScopeBase> = {
  /** `gone` is part of `kept` from here on. Runs in the merge's transaction, in the order of the features. */
  readonly merge?: (scope: Scope, customers: { kept: string; gone: string }) => Promise<unknown>;
  /** What of it stands in the person's timeline: the customer's row first, then those merged into it. */
  readonly timeline?: (
    deps: { db: Database },
    shop: Scope['shop'],
    rows: readonly [PersonRow, ...PersonRow[]],
  ) => readonly TimelineSource[];
};

/**
 * One feature. `Base` is what all work in the background has; `Needs` what this feature's topics and schedule take besides:
 * wiring has to bring it, or does not compile. `Endpoint` is a route of the API, which only `api/` knows.
 */
export type FeatureIn<Scope extends ScopeBase, Base, Needs = unknown, Endpoint = never> = {
  readonly name: string;
  /** Every table of the feature, each with what erasing does to it. */
  readonly tables?: readonly TableIn<Scope>[];
  readonly person?: PersonIn<Scope>;
  /** What can be waked for a shop, by the topic's name. */
  readonly topics?: Readonly<Partial<Record<Topic, (needs: Base & Needs) => TopicWork>>>;
  /** Jobs by the clock. */
  readonly schedule?: (needs: Base & Needs) => readonly Scheduled[];
  /** What drops what is kept too long, by the name under which its count is told. */
  readonly retention?: Readonly<Record<string, (base: Base) => Promise<number>>>;
  /** Gauges that are read from the database when somebody looks. */
  readonly metrics?: GaugeSet;
  /** What has to happen in each shop before anybody works on what was restored from a backup. */
  readonly afterRestore?: (scope: Scope) => Promise<unknown>;
  readonly endpoints?: readonly Endpoint[];
};
