import type { z } from 'zod';
import { DeliveryRefused } from './commerce.errors.ts';

const EXPECTED: Readonly<Record<string, string>> = { array: 'a list', object: 'a group of fields' };

/**
 * How a payload of a platform is checked and refused, in sentences that name the platform.
 * @param maxEntries of a list in its payloads
 */
export function refusalsOf(platform: string, maxEntries: number) {
  /** A delivery that cannot be used because of one field; `what` and `expected` complete the sentence. */
  const refuseField = (what: string, field: string, expected: string) =>
    new DeliveryRefused(
      'delivery.bad_field',
      `${platform}'s ${what} cannot be used: "${field}" is missing or is not ${expected}.`,
      { field },
    );

  /** The value, or a refusal that names the field. */
  function need<T>(value: T | null, what: string, field: string, expected: string): T {
    if (value === null) throw refuseField(what, field, expected);
    return value;
  }

  /**
   * Checks a payload's shape.
   * @throws DeliveryRefused `delivery.bad_field` naming the first wrong field, `delivery.too_large` for a list that is
   *   longer than `maxEntries`
   */
  function shaped<T extends z.ZodType>(schema: T, body: unknown, what: string): z.output<T> {
    const result = schema.safeParse(body);
    if (result.success) return result.data;
    const issue = result.error.issues[0];
    const field = issue?.path.join('.') ?? '';
    if (issue?.code === 'too_big')
      throw new DeliveryRefused(
        'delivery.too_large',
        `${platform}'s ${what} cannot be used: "${field}" has more than ${maxEntries} entries.`,
        { field, limit: maxEntries },
      );
    const expected = issue?.code === 'invalid_type' ? EXPECTED[issue.expected] : issue?.message;
    throw refuseField(what, field, expected ?? `what ${platform} documents`);
  }

  return { refuseField, need, shaped };
}
