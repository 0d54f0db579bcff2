import { z } from 'zod';

/** Epoch milliseconds. */
export const instant = z.int().min(0).meta({ description: 'epoch milliseconds' });
/** How far what is told holds: now, unless changes that were heard of later are still to be counted. */
export const asOf = z.int().meta({ description: 'the instant up to which the figures hold, epoch milliseconds' });
/** A local day of the shop. */
export const day = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/, 'has to be a day such as 2026-03-21')
  .meta({ description: 'a local day of the shop' });
/** One of our ids. */
export const id = z.string().regex(/^[\w-]{1,64}$/, 'is none of our ids');
/** An amount in currency units. */
export const amount = z.number();
/** Where the next page begins: handed back as it came. */
export const cursor = z.string().min(1).max(1000);
export const nextCursor = z.string().nullable();
export const limit = z.coerce.number().int().min(1).max(100).default(25);

export const idParams = z.strictObject({ id });
export const noQuery = z.strictObject({});

/** How every error is answered. */
export const apiError = z.strictObject({
  error: z.strictObject({
    code: z.string(),
    message: z.string(),
    details: z.record(z.string(), z.unknown()).optional(),
    requestId: z.string().optional(),
  }),
});

/** One page of a list, and where the next begins; null: there is none. */
export const pageOf = <T extends z.ZodType>(item: T) => z.strictObject({ items: z.array(item), nextCursor });
