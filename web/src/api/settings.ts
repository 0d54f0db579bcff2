import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { z } from 'zod';
import type { shopChange, shopDisconnected } from '../../../server/contracts/shop.ts';
import { askJson } from './client.ts';
import type { ShopView } from './shop.ts';

export type ShopChange = z.infer<typeof shopChange>;

/** Changes settings; every figure may read differently afterwards. */
export function useChangeShop() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (change: ShopChange) => askJson<ShopView>('/shop', { method: 'PATCH', body: change }),
    onSuccess: (shop) => {
      queries.setQueryData(['shop'], shop);
      return queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'shop' });
    },
  });
}

/** Takes Bazgasht out of a WooCommerce store. */
export function useDisconnect() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => askJson<z.infer<typeof shopDisconnected>>('/shop/disconnect', { method: 'POST' }),
    onSuccess: () => queries.invalidateQueries(),
  });
}
