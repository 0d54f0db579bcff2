import { z } from 'zod';
import { badRequest } from '../shared/errors.ts';

const email = z.email().max(254);
const phone = z
  .string()
  .regex(/^\+[1-9]\d{6,14}$/)
  .optional();
const marketing = z.boolean().optional();
const name = z.string().trim().min(1).max(100).optional();
const lines = z
  .array(z.strictObject({ product: z.coerce.string().max(64), quantity: z.int().min(1).max(1000) }))
  .min(1)
  .max(100);

/** What scripts may send to the sandbox store. */
export const inputs = {
  clock: z
    .strictObject({ advance: z.string().max(100).optional(), to: z.int().optional() })
    .refine(({ advance, to }) => (advance === undefined) !== (to === undefined), 'one of "advance" and "to" is wanted'),
  order: z.strictObject({
    customer: z.strictObject({ email, phone, marketing, firstName: name, lastName: name, guest: marketing }),
    lines,
    paid: z.boolean().default(true),
    code: z.string().min(1).max(255).optional(),
  }),
  customer: z.strictObject({ email, phone, marketing, firstName: name, lastName: name }),
  checkout: z.strictObject({ email, phone, marketing, lines }),
  refund: z
    .strictObject({ order: z.coerce.string().max(64), full: z.literal(true).optional(), lines: lines.optional() })
    .refine(
      ({ full, lines: some }) => (full === undefined) !== (some === undefined),
      'one of "full" and "lines" is wanted',
    ),
  webhook: z.strictObject({ topic: z.string().min(1).max(100), body: z.unknown() }),
};

/** What a script sent, checked. @throws AppError sandbox.invalid, with the field and the reason */
export function checkedInput<T>(shape: z.ZodType<T>, value: unknown): T {
  const parsed = shape.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const field = issue?.path.join('.') ?? '';
  const reason = issue?.message ?? 'Invalid input';
  throw badRequest('sandbox.invalid', field === '' ? reason : `${field}: ${reason}`, { field, reason });
}
