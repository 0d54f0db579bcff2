import type { Json } from '../../commerce/shopify/writing/payload.parts.ts';

/** What the API answers, before it becomes bytes. */
export type Answer = { status: number; body: unknown; headers?: Record<string, string> };

/** A refusal, in the shape in which WordPress tells of one. */
export const failure = (status: number, code: string, message: string, more: Json = {}): Answer => ({
  status,
  body: { code, message, data: { status, ...more } },
});

export const noRoute = (): Answer =>
  failure(404, 'rest_no_route', 'No route was found matching the URL and request method.');

/** A thing that is not there. Orders, products, coupons and webhooks each have a code of their own. */
export const invalidId = (type: string): Answer => failure(404, `woocommerce_rest_${type}_invalid_id`, 'Invalid ID.');

/** A parameter that the API does not take. */
export const invalidParameter = (name: string, reason: string): Answer =>
  failure(400, 'rest_invalid_param', `Invalid parameter(s): ${name}`, {
    params: { [name]: reason },
    details: { [name]: { code: 'rest_out_of_bounds', message: reason, data: null } },
  });

/** Nobody, or nobody who may. A key that was revoked and one that may not look the same. */
export function refusedTo(action: 'list' | 'view' | 'create' | 'edit' | 'delete', status = 401): Answer {
  const what = {
    list: ['view', 'Sorry, you cannot list resources.'],
    view: ['view', 'Sorry, you cannot view this resource.'],
    create: ['create', 'Sorry, you are not allowed to create resources.'],
    edit: ['edit', 'Sorry, you are not allowed to edit this resource.'],
    delete: ['delete', 'Sorry, you are not allowed to delete this resource.'],
  } as const;
  const [verb, message] = what[action];
  return failure(status, `woocommerce_rest_cannot_${verb}`, message);
}
