import type { Json } from '../../commerce/shopify/writing/payload.parts.ts';

const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The part of an object that a way such as `environment.language` leads to, with all that is around it taken away. */
function along(value: Json, [name = '', ...rest]: readonly string[]): Json {
  if (!(name in value)) return {};
  const inner = value[name];
  if (rest.length === 0) return { [name]: inner };
  return { [name]: isJson(inner) ? along(inner, rest) : inner };
}

function joined(one: Json, other: Json): Json {
  const result: Json = { ...one };
  for (const [name, value] of Object.entries(other)) {
    const before = result[name];
    result[name] = isJson(before) && isJson(value) ? joined(before, value) : value;
  }
  return result;
}

/** What `_fields` leaves of an answer: of a thing, or of each in a list. */
export function picked(body: unknown, fields: string | null): unknown {
  if (fields === null || fields === '') return body;
  const ways = fields.split(',').map((field) => field.trim().split('.'));
  const one = (item: unknown): unknown =>
    isJson(item) ? ways.map((way) => along(item, way)).reduce(joined, {}) : item;
  return Array.isArray(body) ? body.map(one) : one(body);
}
