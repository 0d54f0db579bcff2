/** A column whose values the vault has sealed, and the context that each was sealed with. */
export type SealedColumn = { table: string; field: string; context: (row: Record<string, unknown>) => string };

/**
 * Every sealed column. What is not in this list is not sealed anew when keys rotate, and is not kept out of a shop's
 * export: seal and open with the context written here.
 */
export const SEALED: readonly SealedColumn[] = [
  { table: 'shops', field: 'webhookSecret', context: ({ id }) => `shop:${id}:webhook-secret` },
  { table: 'shops', field: 'accessToken', context: ({ id }) => `shop:${id}:access-token` },
  { table: 'shops', field: 'refreshToken', context: ({ id }) => `shop:${id}:refresh-token` },
  { table: 'shops', field: 'previousRefreshToken', context: ({ id }) => `shop:${id}:previous-refresh-token` },
];

/** Contexts of what is sealed outside the database. */
export const SEALED_ELSEWHERE: Readonly<Record<string, string>> = {
  backup: 'the hash at the end of a backup file, which is of one moment and is never sealed anew',
};
