import type { z } from 'zod';
import type { Database } from '../db/database.ts';
import type { Jobs } from '../jobs/jobs.port.ts';
import type { Ticking } from '../jobs/ticks.usecases.ts';
import type { Clock } from '../shared/clock.ts';
import type { Ids } from '../shared/ids.ts';
import type { Logger } from '../shared/logger.ts';
import type { Features, Reactions, Scope } from '../shops/scope.ts';
import type { Shop } from '../shops/shops.types.ts';
import type { KeyScope } from './keys.rules.ts';

/** What routes work with. */
export type ApiDeps = {
  db: Database;
  clock: Clock;
  ids: Ids;
  reactions: Reactions;
  logger: Logger;
  features: Features;
  jobs: Pick<Jobs, 'wake'>;
} & {
  /** Takes our traces out of a store that is about to be disconnected, as well as that goes. */
  farewell?: (shop: Shop) => Promise<unknown>;
  /** What runs by the clock. */
  schedule?: readonly Ticking[];
};

/** A file to download, in the place of JSON. */
export type FileAnswer = { file: { name: string; type: string; bytes: Buffer } };

/** A file too large for the memory, as it is read. */
export type StreamAnswer = { stream: { name: string; type: string; bytes: number; chunks: AsyncIterable<Buffer> } };

/** JSON that is written already: several callers may share it. */
export type ReadyAnswer = { ready: Buffer };

type Shape = z.ZodType;
type Out<S extends Shape | undefined> = S extends Shape ? z.output<S> : undefined;
type In<S extends Shape | 'file'> = S extends Shape ? z.input<S> : FileAnswer | StreamAnswer;
type Caller = { shop: Shop; actor: string };
type Scopes = ReadonlySet<KeyScope>;

type Common = {
  method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** As express writes it; from /api/v1 on. */
  path: string;
  /** The least that a key has to allow. */
  scope: KeyScope;
  /** What it does, for the documentation. */
  summary: string;
  params?: Shape;
  query?: Shape;
  body?: Shape;
  answer: Shape | 'file';
  /** Media types of a file that is answered, or of the one that is the body. */
  types?: readonly string[];
  status?: number;
  /** What it answers is shown this once: it is not kept for whoever sends the same `Idempotency-Key` again. */
  shownOnce?: boolean;
};

/** Does what a file is for, once for each `Idempotency-Key` with the same file. */
export type Once = <T>(digest: string, work: (scope: Scope) => Promise<T>) => Promise<T>;
type Taking<Q> = Caller & { query: Q; chunks: AsyncIterable<Buffer>; once: Once };

/** One route with its contracts: what the router serves and the documentation tells are one and the same. */
export type Endpoint = Common & {
  read?: (deps: ApiDeps, asked: Caller & { params: unknown; query: unknown; body: unknown }) => Promise<unknown>;
  before?: (deps: ApiDeps, caller: Caller) => Promise<unknown>;
  write?: (
    scope: Scope,
    asked: { actor: string; scopes: Scopes; params: unknown; body: unknown },
    deps: Pick<ApiDeps, 'features'>,
  ) => Promise<unknown>;
  take?: (deps: ApiDeps, asked: Taking<unknown>) => Promise<unknown>;
  after?: (deps: ApiDeps, asked: Caller & { answer: unknown }) => Promise<void>;
};

type Reading<P extends Shape | undefined, Q extends Shape | undefined, B extends Shape | undefined> = Caller & {
  params: Out<P>;
  query: Out<Q>;
  body: Out<B>;
};

/** A route that changes nothing. */
export const reads = <
  A extends Shape | 'file',
  P extends Shape | undefined = undefined,
  Q extends Shape | undefined = undefined,
  B extends Shape | undefined = undefined,
>(
  route: Omit<Common, 'params' | 'query' | 'body' | 'answer'> & {
    params?: P;
    query?: Q;
    body?: B;
    answer: A;
    read: (deps: ApiDeps, asked: Reading<P, Q, B>) => Promise<In<A> | ReadyAnswer>;
  },
): Endpoint => route as unknown as Endpoint;

/**
 * A route that changes something, in one transaction of the shop, once for each `Idempotency-Key`. `before` runs ahead of
 * it, for what has to be said to a platform, `after` behind the commit; both again when the request is repeated: they have to
 * do no harm then.
 */
export const writes = <
  A extends Shape,
  P extends Shape | undefined = undefined,
  B extends Shape | undefined = undefined,
>(
  route: Omit<Common, 'params' | 'query' | 'body' | 'answer'> & {
    params?: P;
    body?: B;
    answer: A;
    before?: (deps: ApiDeps, caller: Caller) => Promise<unknown>;
    write: (
      scope: Scope,
      asked: { actor: string; scopes: Scopes; params: Out<P>; body: Out<B> },
      deps: Pick<ApiDeps, 'features'>,
    ) => Promise<z.input<A>>;
    after?: (deps: ApiDeps, asked: Caller & { answer: z.input<A> }) => Promise<void>;
  },
): Endpoint => route as unknown as Endpoint;

/** A route whose body is a file, handed on as it comes. What is asked besides stands in the query. */
export const takes = <A extends Shape, Q extends Shape>(
  route: Omit<Common, 'method' | 'params' | 'query' | 'body' | 'answer'> & {
    query: Q;
    answer: A;
    take: (deps: ApiDeps, asked: Taking<Out<Q>>) => Promise<z.input<A>>;
    after?: (deps: ApiDeps, asked: Caller & { answer: z.input<A> }) => Promise<void>;
  },
): Endpoint => ({ method: 'post', ...route }) as unknown as Endpoint;
