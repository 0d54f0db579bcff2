import { useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import type { shopView } from '../../../server/contracts/shop.ts';
import { askJson } from './client.ts';

export type ShopView = z.infer<typeof shopView>;

/** The shop and its settings. */
export const useShop = () =>
  useQuery({ queryKey: ['shop'], queryFn: ({ signal }) => askJson<ShopView>('/shop', { signal }), staleTime: 60_000 });
