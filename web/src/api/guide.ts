import { useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import type { programVersion } from '../../../server/contracts/program-versions.ts';
import type { shopStatus } from '../../../server/contracts/shop.ts';
import { askJson } from './client.ts';

export type ShopStatus = z.infer<typeof shopStatus>;
export type ProgramInForce = z.infer<typeof programVersion>;

const READING_MS = 5_000;
const QUIET_MS = 60_000;

/** The history is still on its way. */
export const isReading = ({ syncs }: ShopStatus): boolean =>
  syncs.some(({ kind, state }) => kind === 'orders' && (state === 'asked' || state === 'loading'));

/** How the shop does; asked again while its history is read, so that the progress moves by itself. */
export const useShopStatus = () =>
  useQuery({
    queryKey: ['shop', 'status'],
    queryFn: ({ signal }) => askJson<ShopStatus>('/shop/status', { signal }),
    refetchInterval: ({ state: { data } }) => (data && isReading(data) ? READING_MS : QUIET_MS),
  });

/** The rules that orders go by now. */
export const useProgramInForce = () =>
  useQuery({
    queryKey: ['program'],
    queryFn: ({ signal }) => askJson<ProgramInForce>('/program', { signal }),
  });
