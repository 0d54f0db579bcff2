import type { Json } from '../../commerce/shopify/writing/payload.parts.ts';
import { type Answer, failure } from './woo.answers.ts';

const MOST_AT_ONCE = 100;

type Works = {
  create(item: Json): Promise<Answer>;
  update(id: number, item: Json): Promise<Answer>;
  delete(id: number): Promise<Answer>;
};

/** Many at once: at most a hundred; what goes wrong with one is told in its place, and the answer is a 200 all the same. */
export async function batch(body: Json, works: Works): Promise<Answer> {
  const part = (name: string): unknown[] => (Array.isArray(body[name]) ? (body[name] as unknown[]) : []);
  const [made, updated, gone] = [part('create'), part('update'), part('delete')];
  if (made.length + updated.length + gone.length > MOST_AT_ONCE) {
    const message = `Unable to accept more than ${MOST_AT_ONCE} items for this request.`;
    return failure(413, 'woocommerce_rest_request_entity_too_large', message);
  }
  const each = async (items: unknown[], idOf: (item: unknown) => unknown, work: (item: unknown) => Promise<Answer>) => {
    const told: unknown[] = [];
    for (const item of items) {
      const { status, body: answer } = await work(item);
      told.push(status < 300 ? answer : { id: Number(idOf(item) ?? 0), error: answer });
    }
    return told;
  };
  const idIn = (item: unknown): unknown => (item as Json).id;
  const asked = {
    create: await each(
      made,
      () => 0,
      (item) => works.create(item as Json),
    ),
    update: await each(updated, idIn, (item) => works.update(Number(idIn(item)), item as Json)),
    delete: await each(
      gone,
      (item) => item,
      (item) => works.delete(Number(item)),
    ),
  };
  return { status: 200, body: Object.fromEntries(Object.entries(asked).filter(([, told]) => told.length > 0)) };
}
