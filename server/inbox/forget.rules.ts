/** By what a stored body is recognised as one about a person: contacts, and the platform's ids of them and their orders. */
export type Traces = { emails: string[]; phones: string[]; ids: string[] };

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');

/** The whole address, not the end or the beginning of another one. */
const emailPattern = (email: string): string =>
  `(?<![\\p{L}\\p{N}._%+-])${escaped(email.toLowerCase())}(?![\\p{L}\\p{N}-]|\\.[\\p{L}\\p{N}])`;

/** The number with or without its country code (one to three digits), with whatever stands between its digits. */
function phonePattern(phone: string): string {
  const digits = phone.replace(/\D/g, '');
  const spaced = (text: string) => [...text].join('[\\s().\\/-]*');
  const national = [1, 2, 3].map((code) => digits.slice(code)).filter((rest) => rest.length >= 7);
  const ways = [digits, ...national.map((rest) => `0?${rest}`)].map((way) =>
    way.startsWith('0?') ? `(?:0[\\s().\\/-]*)?${spaced(way.slice(2))}` : spaced(way),
  );
  return `(?<!\\d)(?:${ways.join('|')})(?!\\d)`;
}

/** Short numbers stand for many things: they have to be said to be an id. */
function idPattern(id: string): string {
  const end = `${escaped(id)}(?!\\d)`;
  const named = `\\/(?:customer|order)\\/${end}|"(?:customer|order)_?id"\\s*:\\s*"?${end}`;
  return `${named}|"(?:customer|order)"\\s*:\\s*\\{\\s*"id"\\s*:\\s*"?${end}${id.length < 9 ? '' : `|(?<!\\d)${end}`}`;
}

/** A test of whether a body speaks of the person; it reads the text, since a parked body may be no JSON at all. */
export function mentions({ emails, phones, ids }: Traces): (body: Buffer) => boolean {
  const patterns = [...emails.map(emailPattern), ...phones.map(phonePattern), ...ids.map(idPattern)];
  if (patterns.length === 0) return () => false;
  const wanted = patterns.map((pattern) => new RegExp(pattern, 'u'));
  return (body) => {
    const text = body
      .toString('utf8')
      .replace(/\\u([0-9a-fA-F]{4})/g, (_all, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
      .replaceAll('\\/', '/')
      // Arabic and Persian digits: the last four bits are the digit.
      .replace(/[٠-٩۰-۹]/g, (digit) => String(digit.charCodeAt(0) & 0xf))
      .toLowerCase();
    return wanted.some((pattern) => pattern.test(text));
  };
}
