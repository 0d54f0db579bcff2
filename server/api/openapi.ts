import { z } from 'zod';
import { apiError } from '../contracts/common.ts';
import type { Endpoint } from './endpoint.ts';

type Json = Record<string, unknown>;

const schema = (shape: z.ZodType, io: 'input' | 'output'): Json => {
  const { $schema: _draft, ...rest } = z.toJSONSchema(shape, { io, target: 'draft-2020-12', unrepresentable: 'any' });
  return rest as Json;
};

/** The parts of an object's shape as parameters of a request. */
function parameters(shape: z.ZodType | undefined, place: 'path' | 'query'): Json[] {
  if (!shape) return [];
  const { properties = {}, required = [] } = schema(shape, 'input') as {
    properties?: Record<string, Json>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, { description, ...of }]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema: of,
    ...(description === undefined ? {} : { description }),
  }));
}

const IDEMPOTENCY = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description: 'The same key with the same request gets the first answer, for a day.',
  schema: { type: 'string', minLength: 1, maxLength: 255 },
};

const FILE = { type: 'string', format: 'binary' };
const files = (types: readonly string[]): Json => Object.fromEntries(types.map((type) => [type, { schema: FILE }]));

const answerOf = ({ answer, types = [] }: Endpoint): Json =>
  answer === 'file' ? files(types) : { 'application/json': { schema: schema(answer, 'output') } };

/** What is sent: JSON by its contract, or a file as it is. */
function bodyOf({ body, take, types = [] }: Endpoint): Json {
  if (take) return { requestBody: { required: true, content: files(types) } };
  if (!body) return {};
  return { requestBody: { required: true, content: { 'application/json': { schema: schema(body, 'input') } } } };
}

/** What each kind of route can be refused with, besides what everybody is. */
function refusals({ write, take, params, body, query }: Endpoint): Json {
  const error = (description: string) => ({
    description,
    content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
  });
  return {
    ...(params || body || query || write ? { 400: error('A field does not fit; details name it and the reason') } : {}),
    401: error('No session token or API key, or one that is not valid'),
    403: error('The key may not do this'),
    ...(params ? { 404: error('The shop has no such thing') } : {}),
    ...(write || take
      ? { 409: error('The present state refuses it, or the Idempotency-Key was used for something else') }
      : {}),
    ...(body || write || take ? { 413: error('The body is too large') } : {}),
    ...(body || write ? { 415: error('The body is not JSON') } : {}),
    429: error('Too many requests; Retry-After says when to come back'),
  };
}

function operation(endpoint: Endpoint): Json {
  const { params, query, summary, scope, status = 200, write, take } = endpoint;
  return {
    summary,
    description: `An API key needs the scope \`${scope}\`.`,
    operationId: operationId(endpoint),
    parameters: [...parameters(params, 'path'), ...parameters(query, 'query'), ...(write || take ? [IDEMPOTENCY] : [])],
    ...bodyOf(endpoint),
    responses: { [status]: { description: 'Done', content: answerOf(endpoint) }, ...refusals(endpoint) },
  };
}

const operationId = ({ method, path }: Endpoint): string =>
  [method, ...path.split(/[^A-Za-z]+/)]
    .filter((word) => word !== '')
    .map((word, n) => (n === 0 ? word : word.charAt(0).toUpperCase() + word.slice(1)))
    .join('');

/** A path as OpenAPI writes it: `/customers/{id}`. */
export const documentedPath = (path: string): string => `/api/v1${path.replace(/:(\w+)/g, '{$1}')}`;

const ITSELF = {
  get: {
    summary: 'This document',
    operationId: 'getOpenapi',
    security: [],
    responses: { 200: { description: 'Done', content: { 'application/json': { schema: { type: 'object' } } } } },
  },
};

/** The API as an OpenAPI 3.1 document, made of the very contracts by which requests are read. */
export function openApi(endpoints: readonly Endpoint[]): Json {
  const paths: Record<string, Json> = { '/api/v1/openapi.json': ITSELF };
  for (const endpoint of endpoints) {
    const path = documentedPath(endpoint.path);
    paths[path] = { ...paths[path], [endpoint.method]: operation(endpoint) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Bazgasht admin API',
      version: '1.0.0',
      description: 'One shop’s loyalty program, customers and numbers.',
    },
    servers: [{ url: '/' }],
    security: [{ bearer: [] }],
    paths,
    components: {
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', description: 'A Shopify session token, or an API key of the shop.' },
      },
      schemas: { Error: schema(apiError, 'output') },
    },
  };
}
