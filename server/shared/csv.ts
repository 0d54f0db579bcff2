/** What a spreadsheet takes for the beginning of a formula: OWASP's list, full-width signs included. */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/u;

/** Text for a cell of a CSV file. Spreadsheets run what begins like a formula; a quote in front makes it text. */
export const safeCell = (text: string): string => (FORMULA.test(text) ? `'${text}` : text);
