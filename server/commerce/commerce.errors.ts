import { AppError } from '../shared/errors.ts';

/** A delivery that no retry can mend. It is parked with this message, which a merchant must understand. */
export class DeliveryRefused extends AppError {
  constructor(code: string, message: string, details?: Record<string, unknown>) {
    super(code, message, details === undefined ? { status: 422 } : { status: 422, details });
  }
}
