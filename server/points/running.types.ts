/**
 * What orders of a customer have used up of rules' caps, by rule and by local day and rule, and how many of them counted.
 * Plain, so that it can be kept.
 */
export type Used = { counted: number; lifetime: Record<string, number>; days: Record<string, Record<string, number>> };
