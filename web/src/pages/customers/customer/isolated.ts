/** Isolates what the store or the merchant wrote, so that its direction changes nothing around it. */
export const isolated = (text: string): string => `\u2068${text}\u2069`;
