/** What stands where something was left out. */
const GONE = '[redacted]';
/** Levels of objects and arrays that a log line may have; what lies deeper is left out, so that nothing hides there. */
const MAX_DEPTH = 4;
const MAX_ITEMS = 50;
const MAX_TEXT = 4_000;
const MAX_CAUSES = 3;

/** Keys that name a person, a secret or a payload as a whole word, after `_` and `-` are taken out. */
const WORDS = new Set(
  'name,body,rawbody,payload,headers,ip,iban,zip,postcode,city,street,html,auth,codeverifier,key,keys,otp,pin,session,note'.split(
    ',',
  ),
);
/** Parts of keys that do so wherever they stand: accessToken, x-shopify-hmac-sha256, billing_address_1, customerEmail. */
const PARTS =
  /email|phone|mobile|firstname|lastname|fullname|displayname|customername|username|address|token|secret|passw|authorization|hmac|signature|cookie|apikey|privatekey|encryptionkey|credential|birth|jwt|recipient|databaseurl/;

const EMAIL = /[^\s@"'<>()[\],;:=]+@[^\s@"'<>()[\],;:=]+/g;
/** International (+ or 00), national with a leading 0, and the North American way of grouping. */
const PHONE =
  /(?<![\w.+-])(?:(?:\+|00)[\d۰-۹٠-٩][\d۰-۹٠-٩ ().-]{6,18}[\d۰-۹٠-٩]|[0۰٠][\d۰-۹٠-٩]{9,10}|\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4})(?!\w)/g;
/** Any run of digits long enough to be a phone number, for texts of others, where a lost order number harms less. */
const LONG_DIGITS = /(?<!\w)[\d۰-۹٠-٩]{10,15}(?!\w)/g;

/** Text of ours with e-mail addresses and recognisable phone numbers masked, and bounded. */
export const maskText = (text: string): string =>
  (text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}…` : text).replace(EMAIL, '[email]').replace(PHONE, '[phone]');

// Drizzle appends the values of a failed statement to its message; a database's "Key (email)=(…)" is the same.
const maskForeign = (text: string): string =>
  maskText(text.replace(/\n?params:[\s\S]*$/, ' [values redacted]').replace(/=\([^)]*\)/g, '=([redacted])')).replace(
    LONG_DIGITS,
    '[digits]',
  );

function isSensitive(key: string): boolean {
  const plain = key.toLowerCase().replace(/[_\-. ]/g, '');
  return WORDS.has(plain) || PARTS.test(plain);
}

/** A line that V8 wrote: it ends with a place in a file, or names none. */
const FRAME = /^ {4}at .*(?::\d+:\d+\)?|\((?:<anonymous>|native|index \d+)\))$/;

/** The frames of a stack only: before them it repeats the message, which may hold anything, lines like frames too. */
const frames = ({ stack = '', message }: Error) =>
  (message === '' ? stack : stack.replace(message, () => ''))
    .split('\n')
    .filter((line) => FRAME.test(line))
    .slice(0, 30)
    .join('\n');

/** Type, code, masked message and stack of an error, and the same of up to three causes. Other fields stay out. */
export function errorFields(error: Error, causes = MAX_CAUSES): Record<string, unknown> {
  const { code } = error as { code?: unknown };
  return {
    type: error.name === 'Error' ? error.constructor.name : error.name,
    ...(typeof code === 'string' || typeof code === 'number' ? { code } : {}),
    message: maskForeign(error.message),
    stack: maskText(frames(error)),
    ...(error.cause instanceof Error && causes > 0 ? { cause: errorFields(error.cause, causes - 1) } : {}),
  };
}

function scrubObject(value: object, depth: number): unknown {
  if (value instanceof Error) return errorFields(value);
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'Invalid Date' : value.toISOString();
  if (depth > MAX_DEPTH) return '[deeper]';
  if (Array.isArray(value)) {
    const items = value.slice(0, MAX_ITEMS).map((item) => scrubValue(item, depth + 1));
    return value.length > MAX_ITEMS ? [...items, `… ${value.length - MAX_ITEMS} more`] : items;
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  // Requests, buffers, sockets and maps: their insides are not made for the log.
  if (prototype !== Object.prototype && prototype !== null) return `[${value.constructor?.name ?? 'object'}]`;
  return scrubFields(value as Record<string, unknown>, depth);
}

function scrubValue(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return maskText(value);
  if (typeof value === 'bigint') return String(value);
  // A function could be a toJSON, which would be asked for what we just left out.
  if (typeof value === 'function' || typeof value === 'symbol') return undefined;
  return typeof value === 'object' && value !== null ? scrubObject(value, depth) : value;
}

/** A copy of a log line's fields in which no personal data and no secret is left. `depth` is that of the fields. */
export function scrubFields(fields: Record<string, unknown>, depth = 1): Record<string, unknown> {
  const clean: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(fields).slice(0, MAX_ITEMS)) {
    const gone = isSensitive(key) && value !== null && value !== undefined && typeof value !== 'boolean';
    clean[maskText(key)] = gone ? GONE : scrubValue(value, depth + 1);
  }
  return clean;
}
