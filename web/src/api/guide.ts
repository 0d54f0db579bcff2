import { useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import type { programVersion } from '../../../server/contracts/program-versions.ts';
import { askJson } from './client.ts';

export type ProgramInForce = z.infer<typeof programVersion>;

/** The rules that orders go by now. */
export const useProgramInForce = () =>
  useQuery({
    queryKey: ['program'],
    queryFn: ({ signal }) => askJson<ProgramInForce>('/program', { signal }),
  });
