import { useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import type { shopStatus } from '../../../server/contracts/shop.ts';
import { askJson } from './client.ts';

export type ShopStatus = z.infer<typeof shopStatus>;

/** How the shop does: what waits, what is read, and what is wrong between it and its platform. */
export const useShopStatus = () =>
  useQuery({
    queryKey: ['shop-status'],
    queryFn: ({ signal }) => askJson<ShopStatus>('/shop/status', { signal }),
    refetchInterval: 30_000,
  });
