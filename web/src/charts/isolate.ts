/** Keeps the words of a label in their own order: a drawing runs from left to right, whatever the page does. */
export const isolate = (text: string): string => `\u2068${text}\u2069`;
