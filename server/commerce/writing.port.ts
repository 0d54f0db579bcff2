/** The platform understood and will not have it, now or later: a code, and a sentence for the merchant. */
export type Refused = { outcome: 'refused'; code: string; reason: string };
