/** A new Idempotency-Key. Made of random bytes, since `randomUUID` is missing where a page comes without https. */
export const newKey = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
